#include "engine/unmute_delay.hpp"

#include <algorithm>
#include <utility>

namespace cardmute::engine {

using std::chrono::milliseconds;

namespace {

// After this many doublings the delay stays at its maximum.
constexpr std::size_t kDelayDoublings = 4;
constexpr std::size_t kMaxCycles = kCyclesBeforeDelay + kDelayDoublings;
static_assert((kFirstUnmuteDelay_ms << kDelayDoublings) >= kLongestUnmuteDelay_ms);

}  // namespace

int unmute_delay_ms(std::size_t cycles) {
  if (cycles < kCyclesBeforeDelay) return 0;
  const std::size_t doublings = std::min(cycles - kCyclesBeforeDelay, kDelayDoublings);
  return std::min(kFirstUnmuteDelay_ms << doublings, kLongestUnmuteDelay_ms);
}

bool UnmuteDelay::on_cycle_ended(Steady now) {
  std::erase_if(ended_at_,
                [&](Steady ended) { return now - ended >= milliseconds(kCycleWindow_ms); });
  const int delay_ms = unmute_delay_ms(ended_at_.size());
  if (delay_ms > 0) until_ = now + milliseconds(delay_ms);
  ended_at_.push_back(now);
  if (ended_at_.size() > kMaxCycles) ended_at_.pop_front();
  const bool delayed_before = std::exchange(delays_, delay_ms > 0);
  return delays_ && !delayed_before;
}

}  // namespace cardmute::engine
