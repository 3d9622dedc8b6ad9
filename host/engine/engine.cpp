// What happens, event by event; see engine.hpp. Every event changes facts and then calls advance(),
// which alone decides what follows (engine_follow.cpp).
#include "engine/engine.hpp"

#include <algorithm>
#include <utility>

namespace cardmute::engine {

using protocol::Error;
using protocol::OverrideMode;
using protocol::Target;

Engine::Engine(std::uint32_t seed, Moment now) : seed_(seed) { status_.since = now.utc; }

void Engine::configure(Settings settings, Moment now) {
  const bool other_target = settings_ && settings_->target != settings.target;
  if (other_target) {
    for (const auto& line : lines_) {
      if (line->target() != settings_->target || !line->maybe_muted() || line->confirmed())
        continue;
      actions_.emplace_back(WriteOff{line->target()});
      line->retarget(settings.target);
      actions_.emplace_back(Owe{settings.target});
    }
  }
  settings_ = std::move(settings);
  configuration_problem_.reset();
  // A question that is out went the old way, and its answer will not come.
  question_.reset();
  unanswered_ = 0;
  verified_.reset();
  if (other_target) {
    list_.reset();
    list_from_.reset();
    calls_ = {};
  }
  list_problem_.reset();
  if (!by_call()) line_of(settings_->target);
  for (const auto& line : lines_) line->start_over();
  follow_the_wish(now);
  advance(now);
}

void Engine::no_configuration(std::string reason, Moment now) {
  configuration_problem_ = Error{ErrorCode::config_invalid, std::move(reason)};
  advance(now);
}

void Engine::open(Ticket ticket, const std::string& surface, Moment now) {
  const auto opened = surfaces_.open(surface, now.steady);
  if (opened == Surfaces::Opened::too_many) {
    actions_.emplace_back(
        Answer{ticket, Error{ErrorCode::bad_request, "More than " + std::to_string(kMaxSurfaces) +
                                                         " surfaces are open. Close some first."}});
    return;
  }
  // The agent chose to record over the forms of that moment; a further form is a new question.
  if (opened == Surfaces::Opened::added && override_ == OverrideMode::record) {
    override_ = OverrideMode::automatic;
  }
  follow_the_wish(now);
  wait(waiting_for_mute_, ticket);
  advance(now);
}

void Engine::close(Ticket ticket, const std::string& surface, Moment now) {
  if (!surfaces_.close(surface)) {
    actions_.emplace_back(Answer{ticket, settings_ ? std::nullopt : configuration_problem_});
    return;
  }
  exposures_.ended(surface, now);
  // An override to record is about the forms that were open, and ends with the last of them.
  if (surfaces_.empty() && override_ == OverrideMode::record) override_ = OverrideMode::automatic;
  follow_the_wish(now);
  wait(waiting_for_unmute_, ticket);
  advance(now);
}

void Engine::active(const std::string& surface, Moment now) {
  surfaces_.touch(surface, now.steady);
  advance(now);
}

void Engine::visible(const std::string& surface, Steady ago, Moment now) {
  if (surfaces_.all().contains(surface)) {
    exposures_.began(Exposure::Of::form, surface, ago, now);
  }
}

void Engine::typed_card(const std::string& surface, Steady ago, Moment now) {
  if (surfaces_.all().contains(surface)) {
    exposures_.began(Exposure::Of::keystroke, surface, ago, now);
  }
}

void Engine::override_with(Ticket ticket, OverrideMode mode, Moment now) {
  const bool may_record = settings_ && settings_->allow_record_override;
  if (mode == OverrideMode::record && !surfaces_.empty() && !may_record) {
    actions_.emplace_back(
        Answer{ticket, settings_ ? Error{ErrorCode::override_refused,
                                         "A payment form is open, and the policy does not allow "
                                         "recording over it (policy.allow_record_override). Close "
                                         "the form first."}
                                 : *configuration_problem_});
    return;
  }
  override_ = mode;
  // Pressed again, it lasts as long again.
  manual_since_ = mode == OverrideMode::mute ? std::optional(now.steady) : std::nullopt;
  follow_the_wish(now);
  wait(wanted() ? waiting_for_mute_ : waiting_for_unmute_, ticket);
  advance(now);
}

void Engine::shared(const Shared& shared, Moment now) {
  shared_ = shared;
  follow_the_wish(now);
  others_unmute_ = false;
  for (const Owed& owed : shared.owed) {
    line_of(owed.target);
    others_unmute_ = others_unmute_ || owed.unmute_in_flight;
  }
  for (const auto& line : lines_) {
    const auto owed = std::ranges::find(shared.owed, line->target(), &Owed::target);
    if (shared.works) {
      line->heard(owed == shared.owed.end() ? nullptr : &*owed, terms(), now);
    } else {
      line->alone();
    }
  }
  take_known_calls(now);
  advance(now);
}

void Engine::not_sent(Attempt attempt, Moment now) {
  if (Line* line = line_of(attempt)) line->not_sent(now);
}

Landed Engine::finished(Attempt attempt, const Outcome& outcome, Moment now) {
  Line* line = line_of(attempt);
  if (line == nullptr) return {};
  const bool mute = line->command_in_flight() == Command::mute;
  status_.last = protocol::LastRequest{
      mute ? "mute" : "unmute", now.utc,           outcome.http_status, outcome.error_code,
      outcome.message,          outcome.action_id, outcome.latency_ms};
  const Landed landed = line->finished(outcome, terms(), now);
  if (outcome.error == ErrorCode::call_not_found) call_is_over(line->target(), now);
  // The first attempt decides the reply; what follows is told by the status.
  if (mute && !outcome.acknowledged()) answer(waiting_for_mute_, line->problem());
  const bool decides = by_call() ? line->problem().has_value() : line == main_line();
  if (!mute && decides) answer(waiting_for_unmute_, line->problem());
  advance(now);
  return landed;
}

void Engine::browser_gone(Moment now) {
  if (gone_at_) return;
  gone_at_ = now.steady;
  leave_muted_ =
      own_wish(now) && settings_ && !settings_->resume_when_browser_gone && !shared_.works;
  surfaces_.clear();
  exposures_.all_ended(now);
  override_ = OverrideMode::automatic;
  manual_since_.reset();
  // Nobody is left to answer.
  waiting_for_mute_.clear();
  waiting_for_unmute_.clear();
  for (const auto& line : lines_) line->browser_gone();
  follow_the_wish(now);
  if (!wanted()) owe_calls(calls_.take_all(), now);
  advance(now);
}

void Engine::tick(Moment now) { advance(now); }

std::vector<Action> Engine::take_actions() { return std::exchange(actions_, {}); }

}  // namespace cardmute::engine
