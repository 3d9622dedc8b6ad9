// A point in time: the steady clock for intervals, and the system clock for times that people read
// and for intervals in which the machine may sleep.
#pragma once

#include <chrono>

#include "base/utc_time.hpp"

namespace cardmute::engine {

using Steady = std::chrono::microseconds;  // the time since an arbitrary start; never goes back

struct Moment {
  Steady steady{};
  UtcTime utc{};
  bool operator==(const Moment&) const = default;
};

}  // namespace cardmute::engine
