// Calendar time, for people. For intervals, engine::Steady is used.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace cardmute {

using UtcTime = std::chrono::milliseconds;  // the time since 1970-01-01T00:00:00Z

// Returns a text such as "2026-11-21T10:00:00.123Z".
std::string format_utc(UtcTime time);

// Reads the output of format_utc(); nullopt if the text has another form or there is no such time.
std::optional<UtcTime> parse_utc(std::string_view text);

// Reads a date such as "2026-11-29"; nullopt if the text has another form or there is no such day.
std::optional<std::chrono::sys_days> parse_date(std::string_view text);

}  // namespace cardmute
