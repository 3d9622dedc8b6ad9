// The extensions for which a package was made. A company can sign the extension with its own key,
// on which the extension's ID depends.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "config/load.hpp"
#include "config/report.hpp"

namespace cardmute::config {

// The valid entries of `allowed_callers`; empty if the key is missing or is not a list. Reports
// what is wrong.
std::vector<std::string> callers_in(const nlohmann::json& document, Report& report);

// Reads the callers in `sources.packaged_callers` into `loaded.packaged_callers`, and adds them to
// `loaded.allowed_callers`. Does nothing if there is no such file. The file is ignored with a
// warning if it cannot be read as JSON, or if it is not certain that only root can write it. Wrong
// entries are left out with a warning.
void add_packaged_callers(const Sources& sources, Loaded& loaded);

}  // namespace cardmute::config
