// What is true now on one line; see line.hpp. Nothing here changes anything.
#include <algorithm>

#include "engine/line.hpp"

namespace cardmute::engine {

using std::chrono::milliseconds;

// By both clocks: the steady one stands still while the machine sleeps, the other can be set back.
bool Line::counts(const Moment& acknowledged_at, const Terms& terms, Moment now) {
  const milliseconds limit(terms.settings->reassert_ms * kAcknowledged_intervals);
  return now.steady - acknowledged_at.steady < limit &&
         now.utc - acknowledged_at.utc < limit + milliseconds(kClockStep_ms);
}

bool Line::held(const Terms& terms, Moment now) const {
  return acknowledged_at_ && terms.settings != nullptr && counts(*acknowledged_at_, terms, now);
}

bool Line::told_to_wait(Moment now) const {
  return told_to_wait_ && next_send_at_ && now.steady < *next_send_at_;
}

bool Line::in_doubt(const std::optional<Steady>& since, Moment now) {
  return since && now.steady - *since < milliseconds(kDoubt_ms);
}

std::optional<Command> Line::command_in_flight() const {
  return in_flight_ ? std::optional(in_flight_->command) : std::nullopt;
}

std::optional<Command> Line::next_command(const Terms& terms, Moment now) const {
  if (terms.settings == nullptr || in_flight_ || terms.leave_muted) return std::nullopt;
  if (next_send_at_ && now.steady < *next_send_at_) return std::nullopt;
  // After the browser has gone the leases that still live are another process' care.
  if (wanted_) return terms.gone_at ? std::nullopt : std::optional(Command::mute);
  if (maybe_muted_ && !keeps_muted(terms)) return Command::unmute;
  return std::nullopt;
}

bool Line::keeps_muted(const Terms& terms) const {
  return terms.calls_wanted && (!terms.list_from || *terms.list_from <= mute_known_at_);
}

bool Line::may_be_dropped(Moment now) const {
  return idle() && (!last_sent_at_ || now.steady - *last_sent_at_ >= milliseconds(kDoubtRepeat_ms));
}

bool Line::must_cancel(const Terms& terms, Moment now) const {
  return terms.gone_at && in_flight_ && in_flight_->command == Command::mute && !wanted_ &&
         !in_flight_->cancelled && now.steady >= *terms.gone_at + milliseconds(kFarewellMute_ms);
}

std::optional<Steady> Line::next_deadline(const Terms& terms) const {
  std::optional<Steady> earliest;
  const auto consider = [&earliest](Steady at) {
    earliest = earliest ? std::min(*earliest, at) : at;
  };
  // What would not be sent then must not wake anybody either, again and again.
  const bool acts = wanted_ ? !terms.gone_at : maybe_muted_ && !keeps_muted(terms);
  const bool sends = terms.settings != nullptr && !terms.leave_muted && acts;
  if (next_send_at_ && !in_flight_ && (sends || (told_to_wait_ && idle()))) {
    consider(*next_send_at_);
  }
  if (acknowledged_at_ && terms.settings != nullptr && wanted_) {
    consider(acknowledged_at_->steady +
             milliseconds(terms.settings->reassert_ms * kAcknowledged_intervals));
  }
  if (terms.settings != nullptr && unmute_owed_since_ && !in_flight_) {
    consider(*unmute_owed_since_ + milliseconds(kLongestCall_ms));
  }
  if (terms.gone_at && in_flight_ && in_flight_->command == Command::mute && !wanted_ &&
      !in_flight_->cancelled) {
    consider(*terms.gone_at + milliseconds(kFarewellMute_ms));
  }
  return earliest;
}

}  // namespace cardmute::engine
