// A configuration file as JSON: read within limits, comments allowed, each key once. For config/
// only.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>

#include "config/report.hpp"

namespace cardmute::config {

// Whether something is there to be read. A file that cannot even be looked at counts as there, so
// that reading it says why.
bool is_there(const std::filesystem::path& file);

// The file's one object; nothing when there is none, and `report` has said why. A key that stands
// twice is reported too, and its last value returned, so that the rest can still be checked.
std::optional<nlohmann::json> read_document(const std::filesystem::path& file, Report& report);

}  // namespace cardmute::config
