// `report --merge`: reads the reports of many machines, and says who is not covered and why.
#pragma once

#include <filesystem>

#include "cli/context.hpp"

namespace cardmute::cli {

// More are not read: a folder that was named by mistake may hold anything.
inline constexpr std::size_t kMaxReports = 100'000;
inline constexpr std::size_t kMaxReportFile_bytes = std::size_t{64} * 1024 * 1024;

// Reads each file in `folder` that ends in .json or .jsonl, one report a line. Of a machine's
// reports the newest counts for each person. The exit code is 50
// (not_installed) if somebody is not covered, 64 if a line is no report, otherwise 0.
void run_merge(Context& context, const std::filesystem::path& folder);

}  // namespace cardmute::cli
