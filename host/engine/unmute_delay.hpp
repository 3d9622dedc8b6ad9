// Delays the unmute for a page that opens and closes its payment form again and again, so that the
// page cannot cause an unlimited number of requests. Mutes and a person's requests are never
// delayed.
//
// While an unmute is delayed, the mute counts as wanted: it is repeated, and other processes of the
// user do not end it.
#pragma once

#include <deque>
#include <optional>

#include "engine/moment.hpp"

namespace cardmute::engine {

// A cycle starts when forms cause a mute and ends when the last form closes. After
// kCyclesBeforeDelay cycles within kCycleWindow_ms, unmutes are delayed.
inline constexpr std::size_t kCyclesBeforeDelay = 5;
inline constexpr int kCycleWindow_ms = 60'000;
// How long the unmute is delayed after the last form has closed. Within kCycleWindow_ms each delay
// is twice as long as the one before it, up to the longest. So a page can keep a conversation out
// of the recording for at most the longest delay at a time.
inline constexpr int kFirstUnmuteDelay_ms = 250;
inline constexpr int kLongestUnmuteDelay_ms = 3000;

class UnmuteDelay {
 public:
  // The last form has closed, and nothing else wants the mute. Sets until() if the unmute of this
  // cycle is delayed. Returns true if it is, and the unmute of the cycle before was not.
  bool on_cycle_ended(Steady now);
  // A form is open again, or the browser has gone.
  void end() { until_.reset(); }
  // A person has decided, so the page's cycles are counted from zero again.
  void start_over() { *this = {}; }

  // When the delay of the unmute ends; nullopt if it is not delayed.
  [[nodiscard]] std::optional<Steady> until(Steady now) const {
    return until_ && now < *until_ ? until_ : std::nullopt;
  }

 private:
  // when the newest cycles ended; older ones would not lengthen the delay
  std::deque<Steady> ended_at_;
  std::optional<Steady> until_;
  bool delays_ = false;
};

// The delay of an unmute after this many cycles ended within kCycleWindow_ms; 0: no delay.
int unmute_delay_ms(std::size_t cycles);

}  // namespace cardmute::engine
