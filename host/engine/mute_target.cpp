// Handles each event of one target; see mute_target.hpp. What other processes do is in
// mute_target_shared.cpp, the current state in mute_target_facts.cpp.
#include "engine/mute_target.hpp"

#include <algorithm>
#include <cassert>
#include <string>

namespace cardmute::engine {

using std::chrono::milliseconds;

// When the desired state changes, the request for it is due at once, and earlier failures are no
// longer reported. But if the server has asked for a pause, the request waits, and the earlier
// failure is still reported.
void MuteTarget::set_wanted(bool wanted, bool by_others, const Terms& terms, Moment now) {
  const bool changed = wanted != this->wanted();
  if (wanted && !by_others) outstanding_.take_over();
  const bool became_own = by_others_ && wanted && !by_others;
  by_others_ = wanted && by_others;
  if (!changed) {
    if (became_own && !told_to_wait(now)) take_turn(terms);
    return;
  }
  outstanding_.want_no_unmute();
  if (!wanted) outstanding_.want_unmute(now.steady);
  if (wanted) {
    on(event_of_wanted(terms, now));
  } else {
    on(outstanding_.stands() ? MuteEvent::unwanted_sent : MuteEvent::unwanted);
  }
  if (told_to_wait(now) || terms.settings == nullptr) return;
  start_over();
  // The process that holds the lease sends the mute. This process sends it only if no
  // acknowledgement comes from that process.
  if (by_others_ && !terms.settings->acts_for_others) {
    schedule_.at(now.steady + milliseconds(terms.reassert_ms));
  }
}

MuteEvent MuteTarget::event_of_wanted(const Terms& terms, Moment now) const {
  if (acknowledged(terms, now)) return MuteEvent::wanted_held;
  return told_to_wait(now) ? MuteEvent::wanted_waiting : MuteEvent::wanted;
}

// From now on this process must repeat the mute itself, and in time, so that no call is recorded
// for longer than one interval.
void MuteTarget::take_turn(const Terms& terms) {
  const auto& acknowledged_at = acknowledgement_.at();
  if (!acknowledged_at || terms.settings == nullptr) {
    schedule_.at_once();
  } else {
    schedule_.no_later_than(acknowledged_at->steady + milliseconds(terms.reassert_ms));
  }
}

void MuteTarget::start_over() {
  schedule_.start_over();
  drop_problem();
}

// Forgets the problem, unless a wanted mute has failed or has expired: then the user must see the
// reason.
void MuteTarget::drop_problem() {
  if (state_ != MuteState::lapsed) problem_.reset();
}

void MuteTarget::uncovered(Moment now) {
  acknowledgement_.make_void(now.steady);
  if (wanted()) on(MuteEvent::voided);
  if (!told_to_wait(now)) schedule_.at_once();
}

void MuteTarget::not_sent(Moment now) {
  assert(command_in_flight() == Command::unmute && "only an unmute can be refused");
  acknowledgement_ = in_flight_->acknowledgement_before;
  if (wanted() && acknowledgement_.at()) on(MuteEvent::acknowledged);
  in_flight_.reset();
  schedule_.at(now.steady + milliseconds(kUnknownRepeat_ms));
}

void MuteTarget::person_waits(Moment now) {
  if (problem_ && !told_to_wait(now)) schedule_.at_once();
}

RequestEffect MuteTarget::finished(const Outcome& outcome, const Terms& terms, Moment now) {
  assert(in_flight_ && "a request ends once");
  const InFlight ended = *std::exchange(in_flight_, std::nullopt);
  if (ended.command == Command::mute) return {mute_ended(ended, outcome, terms, now), false};
  return {false, unmute_ended(outcome, terms, now)};
}

bool MuteTarget::mute_ended(const InFlight& ended, const Outcome& outcome, const Terms& terms,
                            Moment now) {
  const bool counts = outcome.acknowledged() && !ended.overtaken &&
                      acknowledgement_.is_newer_than_void(ended.sent_at);
  if (outcome.acknowledged()) {
    outstanding_.confirm();
    if (counts) {
      acknowledgement_.give(now);
      if (wanted()) on(MuteEvent::acknowledged);
    }
    start_over();
    // The interval counts from when the request was sent, so that a call which started meanwhile
    // waits no longer than one interval. If an unmute may still be carried out after this mute, the
    // mute is repeated sooner. If the acknowledgement does not count and no unmute of another
    // process is in flight, the mute is repeated at once.
    const bool shaky = !counts || outstanding_.unmute_may_arrive(now);
    const int next_ms = shaky ? std::min(terms.reassert_ms, kUnknownRepeat_ms) : terms.reassert_ms;
    schedule_.at(ended.sent_at + milliseconds(next_ms));
    if (!counts && !outstanding_.others_unmute()) schedule_.at_once();
  } else {
    // A mute that was certainly not carried out changes nothing.
    if (!outcome.outcome_unknown) outstanding_.restore(ended.maybe_muted_before);
    if (outcome.outcome_unknown) outstanding_.mute_unknown(now.steady);
    // If an answer denies the mute, older acknowledgements no longer count. If no answer comes,
    // they still count.
    if (outcome.denied()) acknowledgement_.make_void(now.steady);
    if (wanted() && !acknowledged(terms, now)) on(MuteEvent::failed);
    if (!wanted() && !outstanding_.stands()) on(MuteEvent::settled);
    failed(outcome, terms, now);
  }
  if (!wanted() && !told_to_wait(now)) schedule_.at_once();
  return counts;
}

bool MuteTarget::unmute_ended(const Outcome& outcome, const Terms& terms, Moment now) {
  // A call that is not found has ended, and so has its mute. If an extension is not found for long
  // enough, all its calls have ended.
  const bool denied_long = outcome.error == ErrorCode::extension_not_found &&
                           outstanding_.unmute_wanted_for(kDeniedUnmute_ms, now);
  const bool call_is_over = outcome.error == ErrorCode::call_not_found;
  bool settled = outcome.acknowledged() || call_is_over || denied_long;
  if (settled && !call_is_over && outstanding_.mute_may_arrive(now)) {
    // An earlier mute without an answer may still be carried out after this unmute.
    settled = false;
    outstanding_.doubt();
    drop_problem();
    schedule_.at(now.steady + milliseconds(kUnknownRepeat_ms));
  } else if (settled) {
    outstanding_.settle();
    if (!wanted()) on(MuteEvent::settled);
    start_over();
  } else {
    if (outcome.outcome_unknown) outstanding_.unmute_unknown(now.steady);
    failed(outcome, terms, now);
  }
  // A mute wins over an unmute: if a mute has become wanted meanwhile, it does not wait for the
  // time at which the unmute would be retried.
  if (wanted() && !told_to_wait(now)) {
    schedule_.at_once();
    drop_problem();
  } else if (wanted()) {
    on(MuteEvent::failed);
  }
  return settled;
}

void MuteTarget::failed(const Outcome& outcome, const Terms& terms, Moment now) {
  problem_ = Error{*outcome.error, outcome.reason};
  // A denied mute is retried soon, because a call may start at any moment. A denied unmute is not
  // urgent, because most likely there is no call any more.
  const int reassert_ms = terms.settings->reassert_ms;
  const int denied_limit_ms = wanted() ? reassert_ms : kLongestWait_ms;
  const int longest_ms = wanted() ? kLongestRetry_ms : kLongestUnmuteRetry_ms;
  const auto fixed_ms = terms.gone_at ? std::optional(kFarewellRetry_ms) : std::nullopt;
  schedule_.on_failure(outcome, {reassert_ms, denied_limit_ms, longest_ms}, fixed_ms, now);
}

std::optional<MuteTarget::Request> MuteTarget::advance(const Terms& terms, Moment now) {
  let_old_facts_lapse(terms, now);
  const auto command = next_command(terms, now);
  if (!command) return std::nullopt;
  int timeout_ms = terms.settings->timeout_ms;
  if (terms.gone_at) {
    const auto left = *terms.gone_at + milliseconds(kFarewell_ms) - now.steady;
    const auto left_ms = std::chrono::ceil<milliseconds>(left).count();
    if (left_ms <= 0) return std::nullopt;
    timeout_ms =
        static_cast<int>(std::min<std::int64_t>({timeout_ms, left_ms, kFarewellAttempt_ms}));
  }
  in_flight_ = InFlight{.command = *command,
                        .sent_at = now.steady,
                        .maybe_muted_before = outstanding_.stands(),
                        .acknowledgement_before = acknowledgement_,
                        .overtaken = outstanding_.others_unmute()};
  last_sent_at_ = now.steady;
  if (!by_others_) outstanding_.take_over();
  if (*command == Command::mute) {
    outstanding_.found(now.steady);
  } else {
    // An unmute whose outcome is unknown counts as carried out, so the mute no longer counts as
    // held once an unmute is sent. The store may say otherwise, because it may not know of this
    // unmute.
    acknowledgement_.make_void(now.steady);
  }
  schedule_.clear();
  return Request{*command, timeout_ms};
}

void MuteTarget::let_old_facts_lapse(const Terms& terms, Moment now) {
  if (terms.settings == nullptr) return;
  if (wanted() && acknowledgement_.at() && !acknowledged(terms, now)) {
    acknowledgement_.forget();
    on(MuteEvent::grown_old);
    if (!told_to_wait(now)) schedule_.at_once();
    if (!problem_) {
      problem_ = Error{ErrorCode::timeout,
                       "The mute was last acknowledged more than " +
                           std::to_string(terms.reassert_ms * kAcknowledged_intervals) +
                           " ms ago, and no newer answer has come."};
    }
  }
  if (!in_flight_ && outstanding_.unmute_wanted_for(kLongestCall_ms, now)) {
    gave_up_ = outstanding_.stands();
    outstanding_.settle();
    if (state_ == MuteState::releasing) on(MuteEvent::settled);
  }
  if (idle() && !told_to_wait(now)) {
    outstanding_.want_no_unmute();
    start_over();
  }
  assert((state_ != MuteState::releasing || outstanding_.stands()) && "nothing is left to release");
  assert((state_ != MuteState::idle || !outstanding_.stands()) &&
         "a mute may stand that nobody will end");
  assert((state_ != MuteState::held || acknowledgement_.at()) && "held by nothing");
}

}  // namespace cardmute::engine
