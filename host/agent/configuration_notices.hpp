// The popup's notices about a configuration that is in force.
#pragma once

#include <string>
#include <vector>

#include "config/load.hpp"
#include "engine/status.hpp"

namespace cardmute::agent {

// The popup shows a notice in one line. The log and `cardmute-host doctor` have the full text.
inline constexpr std::size_t kMaxNotice_bytes = 500;

// Returns one notice about environment variables that were ignored, and one about settings of the
// user's file that were ignored. Empty without a machine file, because then nothing of the user's
// is ignored.
std::vector<engine::Notice> configuration_notices(const config::Loaded& loaded,
                                                  const config::Sources& sources);

}  // namespace cardmute::agent
