// When this user has last started each browser: the modification time of a file that the browser
// writes at each start and at no other time. Firefox has one in each profile, Chromium one for all
// profiles. No such file is read.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/utc_time.hpp"
#include "install/browsers.hpp"

namespace cardmute::install {

struct LastStart {
  std::string browser;  // as in the table of browsers
  UtcTime at{};
};

// Each browser once, if it has a profile of this user in one of its usual places. nullopt: not
// known on this system.
std::optional<std::vector<LastStart>> last_starts(const Roots& roots, System system);

}  // namespace cardmute::install
