// The benchmark's clock, and times in milliseconds.
#pragma once

#include <chrono>

namespace cardmute::bench {

using Clock = std::chrono::steady_clock;

// A measurement that takes longer is a failure, not a sample.
inline constexpr int kPatience_ms = 30'000;

inline double ms_between(Clock::time_point from, Clock::time_point to) {
  return std::chrono::duration<double, std::milli>(to - from).count();
}

}  // namespace cardmute::bench
