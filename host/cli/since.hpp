// What `--since` takes: a day, a moment or a time back from now. For cli/ and its tests.
#pragma once

#include <optional>
#include <string_view>

#include "base/utc_time.hpp"

namespace cardmute::cli {

// How kExpectedSince says it: "2026-11-21", "2026-11-21T10:00:00Z" or "….123Z" (both UTC), or such
// as "90m", "24h" and "7d" back from `now`. Nothing: it is none of these.
std::optional<UtcTime> since_of(std::string_view text, UtcTime now);

inline constexpr const char* kExpectedSince =
    "expected a day such as 2026-11-21, a moment such as 2026-11-21T10:00:00Z (both UTC), or a "
    "time back from now such as 90m, 24h or 7d";

}  // namespace cardmute::cli
