// The newest acknowledgement of a mute on one target, if it can still be relied on.
#pragma once

#include <optional>

#include "engine/moment.hpp"

namespace cardmute::engine {

// An acknowledgement counts for this many re-assertion intervals.
inline constexpr int kAcknowledged_intervals = 3;
// An acknowledgement does not expire early if the system clock is set forward by at most this much.
inline constexpr int kClockStep_ms = 1000;

class Acknowledgement {
 public:
  [[nodiscard]] const std::optional<Moment>& at() const { return at_; }
  [[nodiscard]] bool is_newer_than_void(Steady sent_at) const { return sent_at >= only_after_; }

  void give(Moment at) { at_ = at; }
  void forget() { at_.reset(); }
  // Forgets the acknowledgement. From now on, no mute that was sent before `now` counts. Call this
  // when this or another process has sent an unmute, when a call is perhaps not muted, or when the
  // provider has denied the mute.
  void make_void(Steady now) {
    at_.reset();
    only_after_ = now;
  }

  [[nodiscard]] bool counts(int reassert_ms, Moment now) const {
    return at_ && counts(*at_, reassert_ms, now);
  }
  // Checks both clocks, because the steady clock stops while the machine sleeps and the system
  // clock can be set back.
  [[nodiscard]] static bool counts(const Moment& at, int reassert_ms, Moment now) {
    const std::chrono::milliseconds limit(reassert_ms * kAcknowledged_intervals);
    return now.steady - at.steady < limit &&
           now.utc - at.utc < limit + std::chrono::milliseconds(kClockStep_ms);
  }

 private:
  std::optional<Moment> at_;
  Steady only_after_{Steady::min()};
};

}  // namespace cardmute::engine
