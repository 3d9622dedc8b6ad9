// What follows from the current state: the desired state of each target, requests, replies and the
// status; see engine.hpp.
#include <algorithm>
#include <utility>

#include "engine/engine.hpp"

namespace cardmute::engine {

using std::chrono::milliseconds;

void Engine::advance(Moment now) {
  if (new_call_until_ && now.steady >= *new_call_until_) new_call_until_.reset();
  forget_old_leases(now);
  end_a_forgotten_manual_mute(now);
  end_a_manual_mute_with_its_call(now);
  update_desired_state(now);
  send(now);
  request_calls(now);
  drop_idle_targets(now);
  answer_who_need_not_wait(now);
  publish(now);
}

// A store that fails says nothing about other processes, so their last known leases are kept.
void Engine::take_shared(const Shared& shared, Moment now) {
  const std::size_t known = shared_.leases_elsewhere;
  shared_ = shared;
  if (shared.works) {
    alone_since_.reset();
    return;
  }
  if (!alone_since_) alone_since_ = now.steady;
  shared_.leases_elsewhere = known;
}

void Engine::forget_old_leases(Moment now) {
  if (!alone_since_ || now.steady - *alone_since_ < milliseconds(kLeasesKept_ms)) return;
  shared_.leases_elsewhere = 0;
  update_desired_state(now);
  for (const auto& mute_target : targets_) mute_target->alone(now);
}

void Engine::end_a_forgotten_manual_mute(Moment now) {
  if (!manual_since_ || !settings_) return;
  if (now.steady - *manual_since_ < milliseconds(settings_->manual_mute_ms)) return;
  end_manual_mute();
}

void Engine::update_desired_state(Moment now) {
  const bool own = wanted_here(now);
  if (!wanted_by_forms(now)) {
    form_mute_since_.reset();
  } else if (!form_mute_since_) {
    form_mute_since_ = now.steady;
  }
  const bool wanted_now = own || shared_.leases_elsewhere > 0;
  if (wanted_now != wanted_) {
    wanted_ = wanted_now;
    wanted_changed_at_ = now.steady;
    calls_.on_wanted_changed();
    if (by_call()) {
      calls_.forget_problem();
      if (wanted_now && calls_.list_is_fresh(now)) follow_the_calls(*calls_.list(), now);
    }
  }
  // A host on stand-by does not request the list, so a list's confirmation of the mute expires. A
  // failed verification stays until the next list.
  if (stands_by()) calls_.let_old_confirmation_lapse(now);
  for (const auto& mute_target : targets_)
    mute_target->set_wanted(wanted_now && needed(*mute_target), !own, terms(), now);
}

void Engine::send(Moment now) {
  for (const auto& mute_target : targets_) {
    if (mute_target->must_cancel(terms(), now)) {
      mute_target->cancelled();
      actions_.emplace_back(Cancel{mute_target->attempt()});
    }
    if (const auto request = mute_target->advance(terms(), now)) {
      mute_target->sent(++last_attempt_);
      actions_.emplace_back(Send{last_attempt_, request->command, mute_target->target(),
                                 request->timeout_ms,
                                 request->command == Command::unmute && !wanted()});
    }
    if (mute_target->gave_up()) actions_.emplace_back(DropOutstanding{mute_target->target()});
  }
}

void Engine::request_calls(Moment now) {
  const auto due = next_calls_request();
  if (!due || now.steady < *due) return;
  calls_.requested(++last_attempt_, now.steady);
  actions_.emplace_back(RequestCalls{last_attempt_, settings_->timeout_ms});
}

void Engine::drop_idle_targets(Moment now) {
  const auto dropped = std::erase_if(targets_, [&](const auto& mute_target) {
    const bool main = settings_ && !by_call() && mute_target->target() == settings_->target;
    return !main && mute_target->may_be_dropped(now);
  });
  if (dropped > 0) targets_are_full_ = false;
}

// Replies to the browser's requests that need not wait for the provider: what they ask for is
// reached or no longer wanted, or nothing can be sent for it now.
void Engine::answer_who_need_not_wait(Moment now) {
  if (!settings_) {
    answer(Command::mute, configuration_problem_);
    answer(Command::unmute, configuration_problem_);
    return;
  }
  const bool mute_in_flight = std::ranges::any_of(targets_, [](const auto& mute_target) {
    return mute_target->command_in_flight() == Command::mute;
  });
  if (!in_flight() && told_to_wait(now)) {
    if (wanted()) answer(Command::mute, problem(now));
    if (!wanted() && maybe_muted()) answer(Command::unmute, problem(now));
  }
  if (wanted() && by_call() && calls_.problem()) answer(Command::mute, calls_.problem());
  if (no_list_comes(now)) answer(Command::mute, problem(now));
  if (held(now) || (!wanted() && !mute_in_flight)) answer(Command::mute, std::nullopt);
  if (wanted() || !maybe_muted()) answer(Command::unmute, std::nullopt);
}

void Engine::answer(Command awaited, const std::optional<Error>& error) {
  for (const Ticket ticket : waiting_.take(awaited)) actions_.emplace_back(Answer{ticket, error});
}

void Engine::wait_for(Command awaited, Ticket ticket) {
  if (waiting_.add(awaited, ticket)) return;
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
  if (wanted() || (main_target() != nullptr && main_target()->maybe_muted())) {
    released_at_.reset();
  } else if (!released_at_) {
    released_at_ = now.steady;
  }
  if (feed_is_live() && wanted() && !by_call() && held_by_acknowledgement(now))
    calls_.cover_listed();
  const State now_state = state_of(mute_state(now));
  exposures_.muted(now_state == State::muted, now);
  if (now_state != status_.state) {
    status_.state = now_state;
    status_.since = now.utc;
  }
  status_.verified = wanted() ? calls_.verified() : std::nullopt;
  status_.target = settings_ ? std::optional(settings_->target) : std::nullopt;
  status_.call_on = calls_.call_in_progress(now);
  status_.call_since = calls_.call_since(now);
  status_.surfaces = surfaces_.size();
  status_.elsewhere = shared_.leases_elsewhere;
  status_.override_mode = override_;
  status_.problem = problem(now);
  status_.notices = notices(now);
}

MuteTarget* Engine::mute_target_of(const Target& target) {
  for (const auto& mute_target : targets_) {
    if (mute_target->target() == target) return mute_target.get();
  }
  if (targets_.size() >= kMaxTargets) {
    targets_are_full_ = true;
    return nullptr;
  }
  return targets_
      .emplace_back(
          std::make_unique<MuteTarget>(target, seed_ + static_cast<std::uint32_t>(targets_.size())))
      .get();
}

MuteTarget* Engine::mute_target_of(Attempt attempt) {
  const auto found = std::ranges::find_if(
      targets_, [&](const auto& mute_target) { return mute_target->in_flight(attempt); });
  return found == targets_.end() ? nullptr : found->get();
}

}  // namespace cardmute::engine
