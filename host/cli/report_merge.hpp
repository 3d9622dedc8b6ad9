// `report --merge`: reads the reports of many machines, and says who is not covered and why.
#pragma once

#include <filesystem>

#include "cli/context.hpp"

namespace cardmute::cli {

// Reads the reports in `folder` (report_reader.hpp). For each person of a machine one report counts
// (merged_reports.hpp). `expected`: the file with the names of the machines that ought to have
// reported (expected_machines.hpp); empty: none. The exit code is 64 (bad_request) if `folder` or
// `expected` cannot be read at all. It is 50 (not_installed) if somebody is not covered, if an
// expected machine has not reported, or if machines are expected and no person in the reports uses
// a browser. Otherwise it is 64 if a line or a file cannot be read, and 0 if everything can be
// read.
void run_merge(Context& context, const std::filesystem::path& folder,
               const std::filesystem::path& expected);

}  // namespace cardmute::cli
