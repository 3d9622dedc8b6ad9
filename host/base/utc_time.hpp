// Calendar time, for people. Intervals are measured with engine::Steady.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace cardmute {

using UtcTime = std::chrono::milliseconds;  // since 1970-01-01T00:00:00Z

// "2026-11-21T10:00:00.123Z"
std::string format_utc(UtcTime time);

// Reads what format_utc() writes; nullopt if the text is of another form.
std::optional<UtcTime> parse_utc(std::string_view text);

// Reads "2026-11-29"; nullopt if the text is of another form, or there is no such day.
std::optional<std::chrono::sys_days> parse_date(std::string_view text);

}  // namespace cardmute
