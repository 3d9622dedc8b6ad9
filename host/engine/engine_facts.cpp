// The current state, on which the engine bases its decisions; see engine.hpp. These functions
// change nothing.
#include <algorithm>

#include "engine/engine.hpp"

namespace cardmute::engine {

using std::chrono::milliseconds;

bool Engine::wanted_here(Moment now) const {
  return override_ == OverrideMode::mute || wanted_by_forms(now);
}

bool Engine::wanted_by_forms(Moment now) const {
  if (override_ == OverrideMode::record) return false;
  if (surfaces_.empty()) return unmute_delay_.until(now.steady).has_value();
  if (!settings_ || !settings_->resume_when_idle) return true;
  return surfaces_.idle(now.steady, milliseconds(settings_->idle_ms)) < surfaces_.size();
}

std::vector<Engine::Lease> Engine::leases(Moment now) const {
  std::vector<Lease> leases;
  for (const auto& [surface, touched] : surfaces_.all()) {
    const bool forgotten = settings_ && settings_->resume_when_idle &&
                           now.steady - touched >= milliseconds(settings_->idle_ms);
    leases.push_back(
        {.surface = surface, .suspended = forgotten || override_ == OverrideMode::record});
  }
  if (override_ == OverrideMode::mute) leases.push_back({.of = Lease::Of::manual_mute});
  if (unmute_delay_.until(now.steady)) leases.push_back({.of = Lease::Of::unmute_delay});
  return leases;
}

MuteTarget::Terms Engine::terms() const {
  return {settings_ ? &*settings_ : nullptr,
          gone_at_,
          leave_muted_,
          by_call() && wanted(),
          calls_.list_from(),
          feed_is_live() ? kFeedLag_ms : 0,
          reassert_ms(),
          alone_since_.has_value()};
}

bool Engine::by_call() const { return settings_ && settings_->target.by == TargetBy::each_call; }

const MuteTarget* Engine::main_target() const {
  if (!settings_ || by_call()) return nullptr;
  const auto found = std::ranges::find_if(targets_, [this](const auto& mute_target) {
    return mute_target->target() == settings_->target;
  });
  return found == targets_.end() ? nullptr : found->get();
}

// Whether this target has to be muted while a mute is wanted. Other targets may still have a mute
// to end.
bool Engine::needed(const MuteTarget& mute_target) const {
  if (!settings_) return false;
  if (!by_call()) return mute_target.target() == settings_->target;
  return mute_target.target().by == TargetBy::call &&
         calls_.names_answered(mute_target.target().value);
}

// Whether calls have to be muted one by one and no recent list has come in time, from this process
// or another.
bool Engine::no_list_comes(Moment now) const {
  if (!by_call() || !wanted() || calls_.list_is_recent(now)) return false;
  // While the feed is live, an old list may only mean that nobody has wanted a mute for long. So a
  // new list is awaited first.
  const bool is_due = calls_.list() && !feed_is_live();
  return is_due || now.steady - wanted_changed_at_ >= milliseconds(kNoList_ms);
}

bool Engine::held_by_acknowledgement(Moment now) const {
  if (!settings_) return false;
  if (!by_call()) return main_target() != nullptr && main_target()->held(terms(), now);
  bool any = false;
  for (const auto& mute_target : targets_) {
    if (!mute_target->wanted()) continue;
    any = true;
    if (!mute_target->held(terms(), now)) return false;
  }
  return any && calls_.list_is_recent(now) && !calls_.problem();
}

bool Engine::held(Moment now) const {
  return held_by_acknowledgement(now) && calls_.verified() != false;
}

// Whether neither a form nor a person wants the mute any more, but the unmute is delayed.
bool Engine::only_delayed(Moment now) const {
  return unmute_delay_.until(now.steady) && shared_.leases_elsewhere == 0;
}

bool Engine::mute_failed(Moment now) const {
  if (!settings_ || calls_.verified() == false || (by_call() && calls_.problem())) return true;
  if (no_list_comes(now)) return true;
  return std::ranges::any_of(
      targets_, [](const auto& mute_target) { return mute_target->state() == MuteState::lapsed; });
}

bool Engine::told_to_wait(Moment now) const {
  return std::ranges::any_of(
      targets_, [&](const auto& mute_target) { return mute_target->told_to_wait(now); });
}

bool Engine::maybe_muted() const {
  return std::ranges::any_of(targets_,
                             [](const auto& mute_target) { return mute_target->maybe_muted(); });
}

std::vector<Target> Engine::outstanding_mutes() const {
  std::vector<Target> outstanding;
  for (const auto& mute_target : targets_) {
    if (mute_target->maybe_muted()) outstanding.push_back(mute_target->target());
  }
  return outstanding;
}

bool Engine::in_flight() const {
  return std::ranges::any_of(targets_,
                             [](const auto& mute_target) { return mute_target->in_flight(); });
}

bool Engine::idle() const {
  // If calls are muted one by one, each call has a MuteTarget of its own, so no other call has to
  // be checked.
  const bool calls_settled = by_call() || calls_.nothing_covered();
  return !wanted() && calls_settled && !calls_.request_in_flight() &&
         std::ranges::all_of(targets_, [](const auto& mute_target) { return mute_target->idle(); });
}

bool Engine::may_be_configured() const {
  return !in_flight() && std::ranges::none_of(targets_, [](const auto& mute_target) {
    return mute_target->confirmed();
  });
}

// The state of all targets together, including what the list of active calls says about them.
MuteState Engine::mute_state(Moment now) const {
  const MuteState unwanted = maybe_muted() ? MuteState::releasing : MuteState::idle;
  if (!wanted()) return unwanted;
  if (held(now)) return MuteState::held;
  if (only_delayed(now)) return unwanted;
  return mute_failed(now) ? MuteState::lapsed : MuteState::requested;
}

std::optional<Error> Engine::problem(Moment now) const {
  if (configuration_problem_) return configuration_problem_;
  if (only_delayed(now)) return std::nullopt;
  if (wanted() && calls_.verified() == false) {
    return Error{ErrorCode::verification_failed,
                 "The mute was acknowledged, and the list of active calls shows a call that is not "
                 "muted."};
  }
  for (const auto& mute_target : targets_) {
    if (mute_target->wanted() && mute_target->problem()) return mute_target->problem();
  }
  if (wanted() && by_call() && calls_.problem()) return calls_.problem();
  if (no_list_comes(now)) {
    return Error{ErrorCode::timeout,
                 "The list of active calls has not been answered for more than " +
                     std::to_string(kNoList_ms) + " ms: nobody knows which calls to mute."};
  }
  for (const auto& mute_target : targets_) {
    if (!mute_target->wanted() && mute_target->problem() && !wanted())
      return mute_target->problem();
  }
  if (targets_are_full_) {
    return Error{ErrorCode::internal,
                 "More than " + std::to_string(kMaxTargets) +
                     " calls are to be muted or unmuted at a time: some of them may stay muted."};
  }
  return std::nullopt;
}

std::vector<Notice> Engine::notices(Moment now) const {
  std::vector<Notice> notices;
  if (!settings_) return notices;
  const milliseconds limit(settings_->idle_ms);
  const auto idle = surfaces_.idle(now.steady, limit);
  const std::string minutes = std::to_string(settings_->idle_ms / 60'000);
  if (idle > 0 && override_ != OverrideMode::record) {
    notices.push_back(
        {NoticeCode::form_idle,
         "A payment form has been open for " + minutes +
             " minutes without anyone typing into it. " +
             (settings_->resume_when_idle ? "The recording goes on until somebody does."
                                          : "Close it if it is no longer needed.")});
  }
  if (manual_since_ && surfaces_.empty() && now.steady - *manual_since_ >= limit) {
    notices.push_back(
        {NoticeCode::manual_mute_long, "The mute by hand has lasted for " + minutes +
                                           " minutes or more. It ends by itself after " +
                                           std::to_string(settings_->manual_mute_ms / 60'000) +
                                           "; pressing mute again renews it."});
  }
  if (const auto told_at = form_mute_told_at(); told_at && now.steady >= *told_at) {
    notices.push_back({NoticeCode::form_mute_long,
                       "Payment forms have kept the call muted for " +
                           std::to_string(settings_->form_mute_ms / 60'000) +
                           " minutes or more without a break. Close them if no payment is "
                           "being taken."});
  }
  if (unmute_delay_.until(now.steady)) {
    notices.push_back(
        {NoticeCode::unmute_delayed,
         "Payment forms have opened and closed again and again, so the mute ends only "
         "when none has been open for a while, " +
             std::to_string(kLongestUnmuteDelay_ms / 1000) + " s at most."});
  }
  return notices;
}

std::optional<Steady> Engine::form_mute_told_at() const {
  if (!settings_ || settings_->form_mute_ms == 0 || !form_mute_since_) return std::nullopt;
  return *form_mute_since_ + milliseconds(settings_->form_mute_ms);
}

// Whether, with target `extension`, only another browser wants the mute. Then the host of that
// browser requests the list.
bool Engine::stands_by() const {
  return wanted() && settings_ && !settings_->acts_for_others && main_target() != nullptr &&
         shared_.leases_elsewhere > 0 && surfaces_.empty() && override_ != OverrideMode::mute;
}

std::optional<Steady> Engine::next_calls_request() const {
  if (!settings_ || !settings_->active_calls || gone_at_ || calls_.request_in_flight())
    return std::nullopt;
  const MuteTarget* main = main_target();
  // If the extension is not found, it has no calls any more, and the calls that were muted on it
  // have ended or moved.
  const bool ended = main != nullptr &&
                     (!main->maybe_muted() ||
                      (main->problem() && main->problem()->code == ErrorCode::extension_not_found));
  const bool settling = !wanted() && !calls_.nothing_covered() && ended;
  // With target `extension`, or while the feed is live, the list is needed only to verify mutes,
  // and after an unmute to find the calls that the unmute has missed.
  const bool knows_calls = !by_call() || feed_is_live();
  if (knows_calls && (stands_by() || (!wanted() && !settling))) return std::nullopt;
  Steady due = by_call() ? Steady::min() : wanted_changed_at_ + milliseconds(kVerifyAfter_ms);
  return std::max(due, calls_.may_ask_at().value_or(due));
}

bool Engine::done(Moment now) const {
  if (!gone_at_) return false;
  if (now.steady >= *gone_at_ + milliseconds(kFarewell_ms)) return true;
  return !in_flight() && (!maybe_muted() || leave_muted_ || wanted());
}

std::optional<Steady> Engine::next_deadline(Moment now) const {
  std::optional<Steady> earliest;
  const auto consider = [&earliest](const std::optional<Steady>& at) {
    if (at) earliest = earliest ? std::min(*earliest, *at) : *at;
  };
  for (const auto& mute_target : targets_) consider(mute_target->next_deadline(terms()));
  consider(next_calls_request());
  consider(unmute_delay_.until(now.steady));
  if (alone_since_ && shared_.leases_elsewhere > 0)
    consider(*alone_since_ + milliseconds(kLeasesKept_ms));
  if (gone_at_) consider(*gone_at_ + milliseconds(kFarewell_ms));
  if (settings_ && !gone_at_) {
    const milliseconds limit(settings_->idle_ms);
    consider(surfaces_.next_idle(now.steady, limit));
    if (const auto told_at = form_mute_told_at(); told_at && *told_at > now.steady) {
      consider(told_at);
    }
    if (manual_since_) {
      if (*manual_since_ + limit > now.steady) consider(*manual_since_ + limit);
      consider(*manual_since_ + milliseconds(settings_->manual_mute_ms));
    }
  }
  if (by_call() && wanted()) {
    if (calls_.list_is_recent(now)) consider(calls_.recent_until());
    const Steady no_list_at = wanted_changed_at_ + milliseconds(kNoList_ms);
    if (no_list_at > now.steady) consider(no_list_at);
  }
  if (const auto at = calls_.manual_call_settled_at(); at && *at > now.steady) consider(at);
  return earliest;
}

}  // namespace cardmute::engine
