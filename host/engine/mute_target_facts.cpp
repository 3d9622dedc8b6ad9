// The current state of one target; see mute_target.hpp. These functions change nothing.
#include <algorithm>

#include "engine/mute_target.hpp"

namespace cardmute::engine {

using std::chrono::milliseconds;

bool MuteTarget::held(const Terms& terms, Moment now) const {
  return state_ == MuteState::held && acknowledged(terms, now);
}

bool MuteTarget::acknowledged(const Terms& terms, Moment now) const {
  return terms.settings != nullptr && acknowledgement_.counts(terms.reassert_ms, now);
}

std::optional<Command> MuteTarget::command_in_flight() const {
  return in_flight_ ? std::optional(in_flight_->command) : std::nullopt;
}

std::optional<Command> MuteTarget::next_command(const Terms& terms, Moment now) const {
  if (terms.settings == nullptr || in_flight_ || terms.leave_muted) return std::nullopt;
  if (!schedule_.is_due(now)) return std::nullopt;
  // After the browser has gone, other processes send the mutes for the remaining leases.
  if (wanted()) {
    const bool sends = !terms.gone_at && !leaves_mute_to_others(terms);
    return sends ? std::optional(Command::mute) : std::nullopt;
  }
  if (outstanding_.stands() && !keeps_muted(terms)) return Command::unmute;
  return std::nullopt;
}

bool MuteTarget::keeps_muted(const Terms& terms) const {
  return terms.calls_wanted && (!terms.list_from || *terms.list_from <= outstanding_.known_at());
}

// While the store fails, no mute is sent for another process's form. It could arrive after that
// process's unmute, and then nobody would end it.
bool MuteTarget::leaves_mute_to_others(const Terms& terms) const {
  return by_others_ && terms.alone;
}

bool MuteTarget::may_be_dropped(Moment now) const {
  return idle() &&
         (!last_sent_at_ || now.steady - *last_sent_at_ >= milliseconds(kUnknownRepeat_ms));
}

bool MuteTarget::must_cancel(const Terms& terms, Moment now) const {
  return terms.gone_at && in_flight_ && in_flight_->command == Command::mute && !wanted() &&
         !in_flight_->cancelled && now.steady >= *terms.gone_at + milliseconds(kFarewellMute_ms);
}

std::optional<Steady> MuteTarget::next_deadline(const Terms& terms) const {
  std::optional<Steady> earliest;
  const auto consider = [&earliest](Steady at) {
    earliest = earliest ? std::min(*earliest, at) : at;
  };
  // The next request's time is a deadline only if something would be sent then, or if a pause ends
  // whose problem can then be forgotten. Otherwise the loop would wake up again and again for
  // nothing.
  const bool acts = wanted() ? !terms.gone_at && !leaves_mute_to_others(terms)
                             : outstanding_.stands() && !keeps_muted(terms);
  const bool sends = terms.settings != nullptr && !terms.leave_muted && acts;
  if (schedule_.next() && !in_flight_ && (sends || (schedule_.follows_a_pause() && idle()))) {
    consider(*schedule_.next());
  }
  if (acknowledgement_.at() && terms.settings != nullptr && wanted()) {
    consider(acknowledgement_.at()->steady +
             milliseconds(terms.reassert_ms * kAcknowledged_intervals));
  }
  if (terms.settings != nullptr && outstanding_.unmute_wanted_since() && !in_flight_) {
    consider(*outstanding_.unmute_wanted_since() + milliseconds(kLongestCall_ms));
  }
  if (terms.gone_at && in_flight_ && in_flight_->command == Command::mute && !wanted() &&
      !in_flight_->cancelled) {
    consider(*terms.gone_at + milliseconds(kFarewellMute_ms));
  }
  return earliest;
}

}  // namespace cardmute::engine
