// The popup's notices about what was ignored in the configuration.
#pragma once

#include <string>
#include <vector>

#include "config/load.hpp"
#include "engine/status.hpp"

namespace cardmute::agent {

// A longer notice is cut. The log and `cardmute-host doctor` have the full text.
inline constexpr std::size_t kMaxNotice_bytes = 500;

// Returns at most two notices: one about environment variables that were ignored, and one about
// settings of the user's file that were ignored. Without a machine file nothing of the user's is
// ignored, so the result is empty.
std::vector<engine::Notice> configuration_notices(const config::Loaded& loaded,
                                                  const config::Sources& sources);

}  // namespace cardmute::agent
