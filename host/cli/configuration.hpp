// Loads the configuration for commands, and reports what is wrong with it.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

#include "cli/context.hpp"
#include "config/load.hpp"

namespace cardmute::cli {

// Reads the configuration. If it has errors and a file has just changed, somebody may be writing
// the file. Then it is read again, a few times at most, until it is valid or no longer changes.
config::Loaded load_configuration(const Context& context);

// Returns the configuration if it is valid. Otherwise reports every error, sets the exit code and
// returns nullopt.
std::optional<config::Config> require_configuration(Context& context);

// Returns [{"file", "key", "message"}, …].
nlohmann::json to_json(const std::vector<config::Problem>& problems);

// Returns {"value", "source", "where"}.
nlohmann::json extension_json(const config::Config& config);

}  // namespace cardmute::cli
