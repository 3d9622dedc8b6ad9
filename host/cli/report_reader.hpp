// Reads files in which the output of `report --json` on many machines was collected.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "base/utc_time.hpp"

namespace cardmute::cli {

inline constexpr std::uintmax_t kMaxReportFile_bytes = std::uintmax_t{64} * 1024 * 1024;
// The deepest nesting that is accepted. What `report --json` prints has five levels.
inline constexpr int kMaxReportDepth_levels = 8;
// A report may come from a machine whose clock is ahead by up to this much.
inline constexpr int kMaxReportAhead_hours = 24;

// Calls `take` for each report in those files of the folder whose names end in .json or .jsonl, in
// the order of the names. A file contains one report on each line, or a single one. Returns a text
// for each file or line that cannot be read or is no valid report ("FILE, line 3: …"), and one if
// the folder cannot be read or has no such file.
std::vector<std::string> read_reports(const std::filesystem::path& folder, UtcTime now,
                                      const std::function<void(const nlohmann::json&)>& take);

}  // namespace cardmute::cli
