// What `report` says about a machine and its persons, as JSON. It contains no telephone number and
// no secret, and of pages only their origins. manifests/report.schema.json describes it.
#pragma once

#include <nlohmann/json.hpp>
#include <vector>

#include "cli/context.hpp"

namespace cardmute::cli {

// The version of the report's format. The number is raised when a field changes its meaning, but
// not when only fields are added.
inline constexpr int kReport = 1;
// How many days of mutes and exposures a report covers.
inline constexpr int kReport_days = 30;

// The report about the user of this process.
nlohmann::json person_report(const Context& context);

// The report about the machine, which contains the reports about these persons.
nlohmann::json machine_report(const Context& context, nlohmann::json persons);

}  // namespace cardmute::cli
