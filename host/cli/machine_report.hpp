// What `report` says of a machine and its persons, as JSON. It holds no telephone number, no
// secret, and nothing of a page but origins. manifests/report.schema.json describes it.
#pragma once

#include <nlohmann/json.hpp>
#include <vector>

#include "cli/context.hpp"

namespace cardmute::cli {

// The version of the format: raised when a field changes its meaning. Fields are only added.
inline constexpr int kReport = 1;
// How far back the last mute and the longest exposure are looked for.
inline constexpr int kReport_days = 30;

// The person that this process is.
nlohmann::json person_report(const Context& context);

// The machine, with these persons.
nlohmann::json machine_report(const Context& context, nlohmann::json persons);

}  // namespace cardmute::cli
