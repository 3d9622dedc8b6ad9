// Handles each event; see engine.hpp. An event updates the current state and then calls advance(),
// which alone decides what to request from the provider (engine_follow.cpp).
#include "engine/engine.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

namespace cardmute::engine {

Engine::Engine(std::uint32_t seed, Moment now) : seed_(seed) { status_.since = now.utc; }

void Engine::configure(Settings settings, Moment now) {
  assert(!in_flight() && "a request that is out belongs to the configuration of before");
  const bool other_target = settings_ && settings_->target != settings.target;
  if (other_target) {
    for (const auto& mute_target : targets_) {
      if (mute_target->target() != settings_->target || !mute_target->maybe_muted() ||
          mute_target->confirmed())
        continue;
      actions_.emplace_back(DropOutstanding{mute_target->target()});
      mute_target->retarget(settings.target);
      actions_.emplace_back(AddOutstanding{settings.target});
    }
  }
  settings_ = std::move(settings);
  configuration_problem_.reset();
  calls_.start_over(other_target, now);
  calls_.feed(false, now.steady);
  if (!by_call()) mute_target_of(settings_->target);
  for (const auto& mute_target : targets_) mute_target->start_over();
  update_desired_state(now);
  advance(now);
}

void Engine::no_configuration(std::string reason, Moment now) {
  assert(!settings_ && "a configuration stays until there is another");
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
  if (opened == Surfaces::Opened::added) unmute_delay_.end();
  // The agent's choice to record was only about the forms that were open at that time, so a new
  // form cancels it.
  if (opened == Surfaces::Opened::added && override_ == OverrideMode::record) {
    override_ = OverrideMode::automatic;
  }
  update_desired_state(now);
  wait_for(Command::mute, ticket);
  advance(now);
}

void Engine::close(Ticket ticket, const std::string& surface, Moment now) {
  const bool wanted_by_forms = wanted_here(now) && override_ == OverrideMode::automatic;
  if (!surfaces_.close(surface)) {
    actions_.emplace_back(Answer{ticket, settings_ ? std::nullopt : configuration_problem_});
    return;
  }
  exposures_.ended(surface, now);
  // An override to record applies to the forms that were open, and ends when the last of them
  // closes.
  if (surfaces_.empty() && override_ == OverrideMode::record) override_ = OverrideMode::automatic;
  const bool cycle_ends =
      settings_ && wanted_by_forms && surfaces_.empty() && shared_.leases_elsewhere == 0;
  if (cycle_ends && unmute_delay_.on_cycle_ended(now.steady)) {
    actions_.emplace_back(RecordUnmuteDelay{});
  }
  update_desired_state(now);
  wait_for(Command::unmute, ticket);
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
  unmute_delay_.start_over();
  // Setting the manual mute again restarts its time limit.
  manual_since_.reset();
  calls_.end_manual_mute();
  if (mode == OverrideMode::mute) {
    manual_since_ = now.steady;
    calls_.begin_manual_mute(now);
  }
  update_desired_state(now);
  wait_for(wanted() ? Command::mute : Command::unmute, ticket);
  for (const auto& mute_target : targets_) mute_target->person_waits(now);
  advance(now);
}

void Engine::shared(const Shared& shared, Moment now) {
  take_shared(shared, now);
  update_desired_state(now);
  others_unmute_ = false;
  for (const OutstandingMute& outstanding : shared.outstanding) {
    mute_target_of(outstanding.target);
    others_unmute_ = others_unmute_ || outstanding.unmute_in_flight;
  }
  for (const auto& mute_target : targets_) {
    const auto outstanding =
        std::ranges::find(shared.outstanding, mute_target->target(), &OutstandingMute::target);
    if (shared.works) {
      mute_target->on_shared(outstanding == shared.outstanding.end() ? nullptr : &*outstanding,
                             terms(), now);
      const bool settles = settings_ && settings_->acts_for_others && !shared.held_by_the_living;
      if (settles) mute_target->take_over();
    } else {
      mute_target->alone(now);
    }
  }
  on_known_calls(now);
  advance(now);
}

void Engine::not_sent(Attempt attempt, Moment now) {
  if (MuteTarget* mute_target = mute_target_of(attempt)) mute_target->not_sent(now);
}

RequestEffect Engine::finished(Attempt attempt, const Outcome& outcome, Moment now) {
  MuteTarget* mute_target = mute_target_of(attempt);
  if (mute_target == nullptr) return {};
  const bool mute = mute_target->command_in_flight() == Command::mute;
  status_.last = LastRequest{mute ? Command::mute : Command::unmute,
                             now.utc,
                             outcome.http_status,
                             outcome.error_code,
                             outcome.message,
                             outcome.action_id,
                             outcome.latency_ms};
  const RequestEffect landed = mute_target->finished(outcome, terms(), now);
  if (outcome.error == ErrorCode::call_not_found) call_is_over(mute_target->target(), now);
  // The outcome of the first attempt decides the reply. Later changes are sent as status messages.
  if (mute && !outcome.acknowledged()) answer(Command::mute, mute_target->problem());
  const bool decides =
      by_call() ? mute_target->problem().has_value() : mute_target == main_target();
  if (!mute && decides) answer(Command::unmute, mute_target->problem());
  // A call that had left the extension is back. The unmute by the call's own ID may also have ended
  // the mute that the call had through the extension, so the extension is muted again.
  const bool of_a_call = !by_call() && mute_target->target().by == TargetBy::call;
  if (!mute && of_a_call && wanted() && calls_.names_answered(mute_target->target().value)) {
    on_new_call(now);
  }
  advance(now);
  return landed;
}

void Engine::browser_gone(Moment now) {
  if (gone_at_) return;
  gone_at_ = now.steady;
  leave_muted_ =
      wanted_here(now) && settings_ && !settings_->resume_when_browser_gone && !shared_.works;
  surfaces_.clear();
  unmute_delay_.end();
  exposures_.all_ended(now);
  end_manual_mute();
  // The browser has gone, so nobody waits for a reply.
  waiting_.clear();
  for (const auto& mute_target : targets_) mute_target->forget_pause();
  update_desired_state(now);
  if (!wanted()) add_outstanding_calls(calls_.take_all(), now);
  advance(now);
}

void Engine::hurry(Moment now) {
  for (const auto& mute_target : targets_) mute_target->forget_pause();
  advance(now);
}

void Engine::tick(Moment now) { advance(now); }

std::vector<Action> Engine::take_actions() { return std::exchange(actions_, {}); }

}  // namespace cardmute::engine
