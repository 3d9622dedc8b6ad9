// Reads the value of `--since`: a day, a moment, or a span of time that ends now.
#pragma once

#include <optional>
#include <string_view>

#include "base/utc_time.hpp"

namespace cardmute::cli {

// Accepts what kExpectedSince describes, and also a moment with milliseconds
// ("2026-11-21T10:00:00.123Z"). Returns nullopt for any other text.
std::optional<UtcTime> since_of(std::string_view text, UtcTime now);

inline constexpr const char* kExpectedSince =
    "expected a day such as 2026-11-21, a moment such as 2026-11-21T10:00:00Z (both UTC), or a "
    "time back from now such as 90m, 24h or 7d";

}  // namespace cardmute::cli
