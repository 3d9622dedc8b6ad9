// When this user has last started each browser: the modification time of a file that the browser
// writes at each start and at no other time. Firefox has one in each profile, Chromium one for all
// profiles. Of Opera no such file is known, so its time is that of a file that it writes while it
// runs. The content of these files is not read.
//
// Also tells whether a profile has an extension, by the folders that a browser of Chromium's kind
// makes for the extension.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/utc_time.hpp"
#include "install/browsers.hpp"

namespace cardmute::install {

struct LastStart {
  std::string browser;  // the browser's name in the table of browsers
  UtcTime at{};
  std::vector<std::filesystem::path> folders = {};  // the folders with this user's profiles
};

// Returns each browser that has a profile of this user in one of its usual places. Each browser is
// returned once. nullopt on a system for which these places are not known here.
std::optional<std::vector<LastStart>> last_starts(const Roots& roots, System system);

// Whether a profile in one of these folders, of a browser of Chromium's kind, has an extension with
// one of these IDs. A removed extension counts until the browser removes its data.
bool has_extension(const std::vector<std::filesystem::path>& folders,
                   const std::vector<std::string>& ids);

}  // namespace cardmute::install
