// What happens on one line; see line.hpp. What is true now stands in line_facts.cpp.
#include "engine/line.hpp"

#include <algorithm>
#include <string>

namespace cardmute::engine {

using protocol::Error;
using std::chrono::milliseconds;

// A new wish is tried at once and judged by its own outcome, except where the server has asked for
// a pause: then it inherits that trouble until the pause is over.
void Line::wish(bool wanted, bool by_others, const Terms& terms, Moment now) {
  const bool changed = wanted != wanted_;
  const bool became_own = by_others_ && wanted && !by_others;
  wanted_ = wanted;
  by_others_ = wanted && by_others;
  if (!changed) {
    if (became_own && !told_to_wait(now)) take_turn(terms);
    return;
  }
  unmute_owed_since_ = wanted ? std::nullopt : std::optional(now.steady);
  mute_failed_ = told_to_wait(now);
  if (mute_failed_ || terms.settings == nullptr) return;
  start_over();
  // Who has the lease mutes; only where that fails does somebody else.
  if (by_others_ && !terms.settings->acts_for_others) {
    next_send_at_ = now.steady + milliseconds(terms.settings->reassert_ms);
  }
}

// From now on it is this process' own care that no call stays recorded for longer than an interval.
void Line::take_turn(const Terms& terms) {
  if (!acknowledged_at_ || terms.settings == nullptr) {
    next_send_at_.reset();
  } else if (next_send_at_) {
    next_send_at_ = std::min(*next_send_at_,
                             acknowledged_at_->steady + milliseconds(terms.settings->reassert_ms));
  }
}

void Line::start_over() {
  told_to_wait_ = false;
  next_send_at_.reset();
  problem_.reset();
  backoff_.reset();
}

void Line::owe(Moment now) {
  maybe_muted_ = true;
  mute_known_at_ = now.steady;
  if (!wanted_ && !unmute_owed_since_) unmute_owed_since_ = now.steady;
}

void Line::uncovered(Moment now) {
  acknowledged_at_.reset();
  only_after_ = now.steady;
  if (!told_to_wait(now)) next_send_at_.reset();
}

void Line::heard(const Owed* owed, const Terms& terms, Moment now) {
  const bool was_overtaken =
      std::exchange(others_unmute_, owed != nullptr && owed->unmute_in_flight);
  if (others_unmute_ && in_flight_ && in_flight_->command == Command::mute) {
    in_flight_->overtaken = true;
  }
  if (!in_flight_) heard_of_debt(owed != nullptr, now);
  if (owed == nullptr) return;
  if (owed->unmute_doubted_at) {
    unmute_doubted_at_ =
        std::max(unmute_doubted_at_.value_or(Steady::min()), *owed->unmute_doubted_at);
  }
  heard_of_acknowledgement(owed->acknowledged_at, terms, now);
  // Mute wins: that unmute has landed, so a mute which is sent now is the last word.
  if (was_overtaken && !others_unmute_ && wanted_ && !held(terms, now) && !told_to_wait(now)) {
    next_send_at_.reset();
  }
}

// What others owe is everybody's debt, and what others have settled is settled.
void Line::heard_of_debt(bool owed, Moment now) {
  if (owed && !maybe_muted_) {
    owe(now);
    // A mute of somebody else that is in doubt keeps the debt: no unmute behind the other.
    if (!wanted_ && last_sent_at_) next_send_at_ = *last_sent_at_ + milliseconds(kDoubtRepeat_ms);
  } else if (!owed && maybe_muted_) {
    maybe_muted_ = false;
    confirmed_ = false;
    acknowledged_at_.reset();
    unmute_owed_since_.reset();
    if (!told_to_wait(now)) start_over();
  }
}

void Line::heard_of_acknowledgement(const std::optional<Moment>& sent_at, const Terms& terms,
                                    Moment now) {
  if (command_in_flight() == Command::unmute || terms.settings == nullptr) return;
  if (!sent_at) {
    if (acknowledged_at_) uncovered(now);  // somebody has sent an unmute since
    return;
  }
  // The store keeps the last one however old it is: trouble since then has to keep its back-off.
  const bool news = sent_at->steady >= only_after_ && counts(*sent_at, terms, now) &&
                    (!acknowledged_at_ || sent_at->steady > acknowledged_at_->steady);
  if (!news) return;
  acknowledged_at_ = sent_at;
  mute_known_at_ = std::max(mute_known_at_, sent_at->steady);
  confirmed_ = true;
  mute_failed_ = false;
  if (told_to_wait(now)) return;
  start_over();
  const int intervals = by_others_ && !terms.settings->acts_for_others ? 2 : 1;
  next_send_at_ = sent_at->steady + milliseconds(terms.settings->reassert_ms * intervals);
}

void Line::not_sent(Moment now) {
  acknowledged_at_ = in_flight_->acknowledged_before;
  only_after_ = in_flight_->only_after_before;
  in_flight_.reset();
  next_send_at_ = now.steady + milliseconds(kDoubtRepeat_ms);
}

void Line::browser_gone() {
  // No pause that was asked for fits into the time that remains.
  next_send_at_.reset();
  told_to_wait_ = false;
}

Landed Line::finished(const Outcome& outcome, const Terms& terms, Moment now) {
  const InFlight ended = *std::exchange(in_flight_, std::nullopt);
  if (ended.command == Command::mute) return {mute_ended(ended, outcome, terms, now), false};
  return {false, unmute_ended(outcome, terms, now)};
}

bool Line::mute_ended(const InFlight& ended, const Outcome& outcome, const Terms& terms,
                      Moment now) {
  const bool counts = outcome.acknowledged() && !ended.overtaken && ended.sent_at >= only_after_;
  if (outcome.acknowledged()) {
    start_over();
    confirmed_ = true;
    if (counts) {
      acknowledged_at_ = now;
      mute_failed_ = false;
    }
    // Counted from the sending, so that a call which starts meanwhile waits no longer than this. An
    // unmute that may still arrive must not stand for so long.
    const bool shaky = !counts || in_doubt(unmute_doubted_at_, now);
    const int next_ms = shaky ? std::min(terms.settings->reassert_ms, kDoubtRepeat_ms)
                              : terms.settings->reassert_ms;
    next_send_at_ = ended.sent_at + milliseconds(next_ms);
    if (!counts && !others_unmute_) next_send_at_.reset();
  } else {
    // What was certainly not carried out leaves things as they were.
    if (!outcome.in_doubt) maybe_muted_ = ended.maybe_muted_before;
    if (outcome.in_doubt) mute_doubted_at_ = now.steady;
    // An answer that denies the mute outweighs an older one that confirmed it; silence does not.
    if (!outcome.in_doubt && outcome.http_status != 0) {
      acknowledged_at_.reset();
      only_after_ = now.steady;
    }
    mute_failed_ = mute_failed_ || !held(terms, now);
    failed(outcome, terms, now);
  }
  if (!wanted_ && !told_to_wait(now)) next_send_at_.reset();
  return counts;
}

bool Line::unmute_ended(const Outcome& outcome, const Terms& terms, Moment now) {
  // A call that is not found is over, and its mute with it; so is, after a while, every call of an
  // extension that is not found.
  const bool denied_long = outcome.error == ErrorCode::extension_not_found && unmute_owed_since_ &&
                           now.steady - *unmute_owed_since_ >= milliseconds(kDeniedUnmute_ms);
  const bool call_is_over = outcome.error == ErrorCode::call_not_found;
  bool settled = outcome.acknowledged() || call_is_over || denied_long;
  if (settled && !call_is_over && in_doubt(mute_doubted_at_, now)) {
    // That mute may yet be carried out behind this unmute.
    settled = false;
    confirmed_ = false;
    problem_.reset();
    next_send_at_ = now.steady + milliseconds(kDoubtRepeat_ms);
  } else if (settled) {
    maybe_muted_ = false;
    confirmed_ = false;
    unmute_owed_since_.reset();
    start_over();
  } else {
    if (outcome.in_doubt) unmute_doubted_at_ = now.steady;
    failed(outcome, terms, now);
  }
  // Mute wins: a wish that arose meanwhile does not wait for the unmute's retry.
  if (wanted_ && !told_to_wait(now)) {
    next_send_at_.reset();
    problem_.reset();
  } else if (wanted_) {
    mute_failed_ = true;
  }
  return settled;
}

void Line::failed(const Outcome& outcome, const Terms& terms, Moment now) {
  problem_ = Error{*outcome.error, outcome.reason};
  told_to_wait_ = asks_to_wait(outcome);
  // A mute that is denied is asked again soon: the call it was about may start any moment. Nothing
  // hurries an unmute that is denied: most likely there is no call left.
  const int reassert_ms = terms.settings->reassert_ms;
  const int denied_limit_ms = wanted_ ? reassert_ms : kLongestWait_ms;
  const int wait_ms =
      terms.gone_at ? kFarewellRetry_ms : backoff_.after(outcome, {reassert_ms, denied_limit_ms});
  next_send_at_ = now.steady + milliseconds(wait_ms);
}

std::optional<Line::Request> Line::advance(const Terms& terms, Moment now) {
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
  in_flight_ = InFlight{0,           *command,       now.steady, maybe_muted_, acknowledged_at_,
                        only_after_, others_unmute_, false};
  last_sent_at_ = now.steady;
  if (*command == Command::mute) {
    maybe_muted_ = true;
    mute_known_at_ = now.steady;
  } else {
    // An unmute in doubt counts as done: from its sending on nothing is held, whatever a store that
    // could not be told of it says.
    acknowledged_at_.reset();
    only_after_ = now.steady;
  }
  next_send_at_.reset();
  told_to_wait_ = false;
  return Request{*command, timeout_ms};
}

void Line::let_old_facts_lapse(const Terms& terms, Moment now) {
  if (terms.settings == nullptr) return;
  if (wanted_ && acknowledged_at_ && !held(terms, now)) {
    acknowledged_at_.reset();
    mute_failed_ = true;
    if (!told_to_wait(now)) next_send_at_.reset();
    if (!problem_) {
      problem_ = Error{ErrorCode::timeout,
                       "The mute was last acknowledged more than " +
                           std::to_string(terms.settings->reassert_ms * kAcknowledged_intervals) +
                           " ms ago, and no newer answer has come."};
    }
  }
  if (!in_flight_ && unmute_owed_since_ &&
      now.steady - *unmute_owed_since_ >= milliseconds(kLongestCall_ms)) {
    unmute_owed_since_.reset();
    gave_up_ = maybe_muted_;
    maybe_muted_ = false;
    confirmed_ = false;
  }
  if (idle() && !told_to_wait(now)) {
    unmute_owed_since_.reset();
    start_over();
  }
}

}  // namespace cardmute::engine
