// The configuration as commands need it and tell of it. For cli/ only.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

#include "cli/context.hpp"
#include "config/load.hpp"

namespace cardmute::cli {

// The configuration; without a valid one says everything that is wrong with it, sets the exit code
// and gives nothing.
std::optional<config::Config> require_configuration(Context& context);

// [{"file", "key", "message"}, …]
nlohmann::json to_json(const std::vector<config::Problem>& problems);

// How the configuration says HTTP is to be done.
http::Settings http_settings(const config::Config& config);

}  // namespace cardmute::cli
