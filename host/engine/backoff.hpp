// How long to wait before a retry: exponential back-off with jitter and a limit.
#pragma once

#include <cstdint>
#include <random>

#include "engine/outcome.hpp"

namespace cardmute::engine {

// After a network failure: retry soon, because the form is open now.
inline constexpr int kFirstRetry_ms = 200;
inline constexpr int kLongestRetry_ms = 2000;
// The same for an unmute, whose form is closed. After an outage each closed form has an unmute to
// repeat, on every workstation.
inline constexpr int kLongestUnmuteRetry_ms = 10'000;
// After the server asked for fewer requests (403, 429, 5xx).
inline constexpr int kFirstWait_ms = 1000;
inline constexpr int kLongestWait_ms = 30'000;
// After the browser has closed the pipe, when little time is left.
inline constexpr int kFarewellRetry_ms = 100;
// Each wait is multiplied by a random factor between this and 1, so that 500 machines do not all
// retry at the same moment.
inline constexpr double kLeastJitter = 0.5;
// A pause that the server asked for is longer by up to this much: a server may name the same moment
// to all.
inline constexpr int kPauseSpread_ms = 2000;

// Whether the server asked for a pause (403, 429 or 5xx).
bool asks_to_wait(const Outcome& outcome);

// How long the waits may grow, depending on the request.
struct RetryWaits {
  // After a denial that is not an overload (extension not found, …).
  int denied_first_ms = 0;
  int denied_longest_ms = 0;
  // After a network failure.
  int longest_ms = kLongestRetry_ms;
};

class Backoff {
 public:
  explicit Backoff(std::uint32_t seed) : random_(seed) {}

  // Returns how long to wait after this failed request, in milliseconds.
  int after(const Outcome& outcome, RetryWaits waits);
  void reset() { failures_ = 0; }

 private:
  std::minstd_rand random_;
  int failures_ = 0;
};

}  // namespace cardmute::engine
