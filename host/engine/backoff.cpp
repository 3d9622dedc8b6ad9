#include "engine/backoff.hpp"

#include <algorithm>

namespace cardmute::engine {

namespace {

constexpr int kMaxDoublings = 16;  // enough to reach every limit, and too few to overflow

bool is_denial(const Outcome& outcome) {
  switch (*outcome.error) {
    case ErrorCode::extension_not_found:
    case ErrorCode::call_not_found:
    case ErrorCode::parameters_rejected:
    case ErrorCode::refused:
      return true;
    default:
      return false;
  }
}

}  // namespace

bool asks_to_wait(const Outcome& outcome) {
  return outcome.http_status == 403 || outcome.http_status == 429 ||
         (outcome.http_status >= 500 && outcome.http_status <= 599);
}

int Backoff::after(const Outcome& outcome, RetryWaits waits) {
  int first = kFirstRetry_ms;
  int longest = waits.longest_ms;
  if (asks_to_wait(outcome)) {
    first = kFirstWait_ms;
    longest = kLongestWait_ms;
  } else if (is_denial(outcome)) {
    first = waits.denied_first_ms;
    longest = waits.denied_longest_ms;
  }
  const int doublings = std::min(failures_++, kMaxDoublings);
  const auto grown = std::min<std::int64_t>(std::int64_t{first} << doublings, longest);
  std::uniform_real_distribution<double> jitter(kLeastJitter, 1.0);
  const int wait_ms = static_cast<int>(static_cast<double>(grown) * jitter(random_));
  if (!outcome.retry_after_ms) return wait_ms;
  // A server may ask for a longer pause. But the host retries within kLongestWait_ms in any case,
  // because the form may be unprotected all that time.
  std::uniform_int_distribution<int> spread(0, kPauseSpread_ms);
  const int asked_ms = std::min(*outcome.retry_after_ms, kLongestWait_ms - kPauseSpread_ms);
  return std::max(wait_ms, asked_ms + spread(random_));
}

}  // namespace cardmute::engine
