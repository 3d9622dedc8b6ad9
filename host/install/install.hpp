// Tells browsers about this program and makes them forget it again: writes and removes host
// manifests, and nothing else. cli/ calls it.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "install/browsers.hpp"

namespace cardmute::install {

struct Options {
  System system = this_system();
  Scope scope = Scope::user;
  bool all = false;      // also for browsers that are not there
  bool dry_run = false;  // say what would be done, and do nothing
  // Only the folder of a browser that is started with this --user-data-dir.
  std::optional<std::filesystem::path> profile;
  std::filesystem::path program;  // absolute
  std::vector<std::string> allowed_callers;
};

enum class Action {
  installed,
  updated,    // it was there and said something else
  unchanged,  // nothing had to be done
  removed,
  skipped,  // none of the browsers is there; or, for uninstall, there is no manifest
  foreign,  // a file of this name that is not CardMute's, left as it is
  failed,
};

std::string_view name_of(Action action);

struct Step {
  Target target;
  Action action = Action::skipped;  // with dry_run: what would be done
  std::string detail;               // why it failed, or was left
};

// One step for each folder of the table. Done twice, the second time changes nothing.
std::vector<Step> install(const Options& options, const Roots& roots);

// Removes CardMute's own manifests, whether the browser is there or not; leaves folders.
std::vector<Step> uninstall(const Options& options, const Roots& roots);

}  // namespace cardmute::install
