// How long to wait before the next try: growing, jittered, bounded. Only the engine uses it.
#pragma once

#include <cstdint>
#include <random>

#include "engine/outcome.hpp"

namespace cardmute::engine {

// Trouble on the way: try again soon, because the form is open now.
inline constexpr int kFirstRetry_ms = 200;
inline constexpr int kLongestRetry_ms = 2000;
// The server asked for less (403, 429, 5xx).
inline constexpr int kFirstWait_ms = 1000;
inline constexpr int kLongestWait_ms = 30'000;
// After the browser has gone there is little time left.
inline constexpr int kFarewellRetry_ms = 100;
// Each wait is multiplied by a random factor from here to 1, so that 500 machines do not come back
// in step.
inline constexpr double kLeastJitter = 0.5;

// Whether the server asked to be left alone for a while.
bool asks_to_wait(const Outcome& outcome);

// How a denial that is no overload (extension not found, …) is asked again: the wait grows from the
// one to the other.
struct DeniedWaits {
  int first_ms = 0;
  int longest_ms = 0;
};

class Backoff {
 public:
  explicit Backoff(std::uint32_t seed) : random_(seed) {}

  // After a failed request: how long to wait.
  int after(const Outcome& outcome, DeniedWaits denied);
  void reset() { failures_ = 0; }

 private:
  std::minstd_rand random_;
  int failures_ = 0;
};

}  // namespace cardmute::engine
