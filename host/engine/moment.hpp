// A point in time as the engine is told it: a clock that never jumps for intervals, and the
// calendar for what people read. Anyone who calls the engine makes one.
#pragma once

#include <chrono>

#include "protocol/status.hpp"

namespace cardmute::engine {

using Steady = std::chrono::microseconds;  // since an arbitrary start, never backwards

struct Moment {
  Steady steady{};
  protocol::UtcTime utc{};
  bool operator==(const Moment&) const = default;
};

}  // namespace cardmute::engine
