// Calendar time, for people. Intervals are measured with engine::Steady.
#pragma once

#include <chrono>
#include <string>

namespace cardmute {

using UtcTime = std::chrono::milliseconds;  // since 1970-01-01T00:00:00Z

// "2026-11-21T10:00:00.123Z"
std::string format_utc(UtcTime time);

}  // namespace cardmute
