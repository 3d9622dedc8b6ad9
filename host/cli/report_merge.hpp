// `report --merge`: reads the reports of many machines, and says who is not covered and why.
#pragma once

#include <filesystem>

#include "cli/context.hpp"

namespace cardmute::cli {

// A machine whose newest report is older than this may have lost what protected it.
inline constexpr int kReportStale_days = 30;

// Reads the reports in `folder` (report_reader.hpp). For each person on a machine, the machine's
// newest report counts. The exit code is 50 (not_installed) if somebody is not covered, 64 if a
// line or a file cannot be read, otherwise 0.
void run_merge(Context& context, const std::filesystem::path& folder);

}  // namespace cardmute::cli
