// Loads the configuration for commands, and reports what is wrong with it.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

#include "cli/context.hpp"
#include "config/load.hpp"

namespace cardmute::cli {

// Without a valid configuration, reports every error, sets the exit code and returns nullopt.
std::optional<config::Config> require_configuration(Context& context);

// [{"file", "key", "message"}, …]
nlohmann::json to_json(const std::vector<config::Problem>& problems);

http::Settings http_settings(const config::Config& config);

}  // namespace cardmute::cli
