// What is true now: the questions that the engine's decisions rest on; see engine.hpp. Nothing here
// changes anything.
#include <algorithm>

#include "engine/engine.hpp"

namespace cardmute::engine {

using protocol::OverrideMode;
using protocol::State;
using std::chrono::milliseconds;

bool Engine::wanted() const {
  if (override_ == OverrideMode::mute) return true;
  return !surfaces_.empty() && override_ != OverrideMode::record;
}

// By both clocks: the steady one stands still while the machine sleeps, the other can be set back.
bool Engine::held(Moment now) const {
  if (!acknowledged_at_ || !settings_) return false;
  const milliseconds limit(settings_->reassert_ms * kAcknowledged_intervals);
  return now.steady - acknowledged_at_->steady < limit &&
         now.utc - acknowledged_at_->utc < limit + milliseconds(kClockStep_ms);
}

bool Engine::told_to_wait(Moment now) const {
  return told_to_wait_ && next_send_at_ && now.steady < *next_send_at_;
}

bool Engine::in_doubt(const std::optional<Steady>& since, Moment now) {
  return since && now.steady - *since < milliseconds(kDoubt_ms);
}

State Engine::state(Moment now) const {
  if (wanted()) {
    if (held(now)) return State::muted;
    return mute_failed_ || !settings_ ? State::unprotected : State::muting;
  }
  return maybe_muted_ ? State::unmuting : State::recording;
}

std::optional<Command> Engine::next_command(Moment now) const {
  if (!settings_ || in_flight_ || leave_muted_) return std::nullopt;
  if (next_send_at_ && now.steady < *next_send_at_) return std::nullopt;
  if (wanted()) return Command::mute;
  if (maybe_muted_) return Command::unmute;
  return std::nullopt;
}

bool Engine::idle() const { return !wanted() && !maybe_muted_ && !in_flight_; }

bool Engine::done(Moment now) const {
  if (!gone_at_) return false;
  if (now.steady >= *gone_at_ + milliseconds(kFarewell_ms)) return true;
  return !in_flight_ && (!maybe_muted_ || leave_muted_);
}

std::optional<Steady> Engine::next_deadline() const {
  std::optional<Steady> earliest;
  const auto consider = [&earliest](Steady at) {
    earliest = earliest ? std::min(*earliest, at) : at;
  };
  const bool wish_or_debt = settings_ && (wanted() || maybe_muted_);
  if (next_send_at_ && !in_flight_ && (wish_or_debt || told_to_wait_)) consider(*next_send_at_);
  if (acknowledged_at_ && settings_ && wanted()) {
    consider(acknowledged_at_->steady +
             milliseconds(settings_->reassert_ms * kAcknowledged_intervals));
  }
  if (settings_ && unmute_owed_since_ && !in_flight_)
    consider(*unmute_owed_since_ + milliseconds(kLongestCall_ms));
  if (gone_at_) {
    consider(*gone_at_ + milliseconds(kFarewell_ms));
    if (in_flight_ && in_flight_->command == Command::mute && !in_flight_->cancelled) {
      consider(*gone_at_ + milliseconds(kFarewellMute_ms));
    }
  }
  return earliest;
}

}  // namespace cardmute::engine
