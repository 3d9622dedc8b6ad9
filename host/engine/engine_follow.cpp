// What follows from the facts: wishes to the lines, requests out, answers, the status; see
// engine.hpp.
#include <algorithm>
#include <utility>

#include "engine/engine.hpp"

namespace cardmute::engine {

using protocol::Error;
using protocol::OverrideMode;
using protocol::State;
using protocol::Target;
using std::chrono::milliseconds;

void Engine::advance(Moment now) {
  end_a_forgotten_manual_mute(now);
  follow_the_wish(now);
  send(now);
  ask(now);
  drop_idle_lines(now);
  answer_who_need_not_wait(now);
  publish(now);
}

void Engine::end_a_forgotten_manual_mute(Moment now) {
  if (!manual_since_ || !settings_) return;
  if (now.steady - *manual_since_ < milliseconds(settings_->manual_mute_ms)) return;
  manual_since_.reset();
  override_ = OverrideMode::automatic;
}

void Engine::follow_the_wish(Moment now) {
  const bool own = own_wish(now);
  const bool wish = own || shared_.leases_elsewhere > 0;
  if (wish != wanted_) {
    wanted_ = wish;
    wish_changed_at_ = now.steady;
    verified_.reset();
    call_seen_ = false;
    unanswered_ = 0;
    calls_.wish_began();
    if (by_call()) {
      list_problem_.reset();
      if (wish && list_ && list_is_fresh(now)) follow_the_calls(*list_, now);
    }
  }
  // Who stands by does not ask: a confirmation grows old, an alarm waits for the next list.
  if (stands_by() && verified_ == true && !list_is_fresh(now)) verified_.reset();
  for (const auto& line : lines_) line->wish(wish && needed(*line), !own, terms(), now);
}

void Engine::send(Moment now) {
  for (const auto& line : lines_) {
    if (line->must_cancel(terms(), now)) {
      line->cancelled();
      actions_.emplace_back(Cancel{line->attempt()});
    }
    if (const auto request = line->advance(terms(), now)) {
      line->sent(++last_attempt_);
      actions_.emplace_back(Send{last_attempt_, request->command, line->target(),
                                 request->timeout_ms,
                                 request->command == Command::unmute && !wanted()});
    }
    if (line->gave_up()) actions_.emplace_back(WriteOff{line->target()});
  }
}

void Engine::ask(Moment now) {
  const auto due = next_ask();
  if (!due || now.steady < *due) return;
  asked_at_ = now.steady;
  question_ = ++last_attempt_;
  actions_.emplace_back(Ask{last_attempt_, settings_->timeout_ms});
}

void Engine::drop_idle_lines(Moment now) {
  std::erase_if(lines_, [&](const auto& line) {
    const bool main = settings_ && !by_call() && line->target() == settings_->target;
    return !main && line->may_be_dropped(now);
  });
}

// A request of the browser waits only for a request to the provider that is out or about to go.
void Engine::answer_who_need_not_wait(Moment now) {
  if (!settings_) {
    answer(waiting_for_mute_, configuration_problem_);
    answer(waiting_for_unmute_, configuration_problem_);
    return;
  }
  const bool mute_in_flight = std::ranges::any_of(
      lines_, [](const auto& line) { return line->command_in_flight() == Command::mute; });
  if (!in_flight() && told_to_wait(now)) {
    if (wanted()) answer(waiting_for_mute_, problem(now));
    if (!wanted() && maybe_muted()) answer(waiting_for_unmute_, problem(now));
  }
  if (wanted() && by_call() && list_problem_) answer(waiting_for_mute_, list_problem_);
  if (no_list_comes(now)) answer(waiting_for_mute_, problem(now));
  if (held(now) || (!wanted() && !mute_in_flight)) answer(waiting_for_mute_, std::nullopt);
  if (wanted() || !maybe_muted()) answer(waiting_for_unmute_, std::nullopt);
}

void Engine::answer(std::vector<Ticket>& tickets, const std::optional<Error>& error) {
  for (const Ticket ticket : std::exchange(tickets, {}))
    actions_.emplace_back(Answer{ticket, error});
}

void Engine::wait(std::vector<Ticket>& tickets, Ticket ticket) {
  if (tickets.size() < kMaxWaiting) {
    tickets.push_back(ticket);
    return;
  }
  actions_.emplace_back(
      Answer{ticket, Error{ErrorCode::bad_request, "More than " + std::to_string(kMaxWaiting) +
                                                       " requests are waiting for a reply."}});
}

void Engine::publish(Moment now) {
  if (!wanted() || !held_by_acknowledgement(now)) {
    held_since_.reset();
  } else if (!held_since_) {
    held_since_ = now.steady;
  }
  const State now_state = state(now);
  exposures_.muted(now_state == State::muted, now);
  if (now_state != status_.state) {
    status_.state = now_state;
    status_.since = now.utc;
  }
  status_.verified = wanted() ? verified_ : std::nullopt;
  status_.target = settings_ ? std::optional(settings_->target) : std::nullopt;
  status_.surfaces = surfaces_.size();
  status_.elsewhere = shared_.leases_elsewhere;
  status_.override_mode = override_;
  status_.problem = problem(now);
  status_.notices = notices(now);
}

Line* Engine::line_of(const Target& target) {
  for (const auto& line : lines_) {
    if (line->target() == target) return line.get();
  }
  if (lines_.size() >= kMaxLines) return nullptr;
  return lines_
      .emplace_back(
          std::make_unique<Line>(target, seed_ + static_cast<std::uint32_t>(lines_.size())))
      .get();
}

Line* Engine::line_of(Attempt attempt) {
  const auto found =
      std::ranges::find_if(lines_, [&](const auto& line) { return line->in_flight(attempt); });
  return found == lines_.end() ? nullptr : found->get();
}

}  // namespace cardmute::engine
