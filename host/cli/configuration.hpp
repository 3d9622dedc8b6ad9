// Loads the configuration for commands, and reports what is wrong with it.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

#include "cli/context.hpp"
#include "config/load.hpp"

namespace cardmute::cli {

// Reads the configuration. If it has errors, and a file has changed a moment ago, somebody may be
// writing it: then it is read again, until it is whole or stays as it is.
config::Loaded load_configuration(const Context& context);

// Without a valid configuration, reports every error, sets the exit code and returns nullopt.
std::optional<config::Config> require_configuration(Context& context);

// [{"file", "key", "message"}, …]
nlohmann::json to_json(const std::vector<config::Problem>& problems);

// {"value", "source", "where"}
nlohmann::json extension_json(const config::Config& config);

}  // namespace cardmute::cli
