// How long to wait before a retry: exponential back-off with jitter and a limit.
#pragma once

#include <cstdint>
#include <random>

#include "engine/outcome.hpp"

namespace cardmute::engine {

// The first and the longest wait after a failure that is neither a denial nor a request to wait: no
// connection, no answer in time, or an unusable answer. The waits are short, because a form may be
// open and unprotected meanwhile.
inline constexpr int kFirstRetry_ms = 200;
inline constexpr int kLongestRetry_ms = 2000;
// The longest wait after such a failure of an unmute. It may be longer than kLongestRetry_ms,
// because the form is closed, and after an outage each closed form on every workstation has an
// unmute to repeat.
inline constexpr int kLongestUnmuteRetry_ms = 10'000;
// The first and the longest wait after the server has asked for fewer requests (HTTP 403, 429 or
// 5xx).
inline constexpr int kFirstWait_ms = 1000;
inline constexpr int kLongestWait_ms = 30'000;
// The wait before a retry once the browser has closed the pipe: the host then has little time left.
inline constexpr int kFarewellRetry_ms = 100;
// Each of these waits but kFarewellRetry_ms is multiplied by a random factor between this and 1, so
// that 500 machines do not all retry at the same moment.
inline constexpr double kLeastJitter = 0.5;
// Up to this much is added to a pause that the server asked for, since the server may name the same
// moment to all clients.
inline constexpr int kPauseSpread_ms = 2000;

// Whether the server asked for a pause (403, 429 or 5xx).
bool asks_to_wait(const Outcome& outcome);

// The limits of the waits, which depend on the request.
struct RetryWaits {
  // The first and the longest wait after the provider has denied the request for a reason other
  // than overload, for example because it does not know the extension.
  int denied_first_ms = 0;
  int denied_longest_ms = 0;
  // The longest wait after a failure that is neither a denial nor a request to wait.
  int longest_ms = kLongestRetry_ms;
};

class Backoff {
 public:
  explicit Backoff(std::uint32_t seed) : random_(seed) {}

  // Returns how long to wait after this failed request, in milliseconds. Each failure makes the
  // next wait longer, up to the limits, until reset().
  int after(const Outcome& outcome, RetryWaits waits);
  void reset() { failures_ = 0; }

 private:
  std::minstd_rand random_;
  int failures_ = 0;
};

}  // namespace cardmute::engine
