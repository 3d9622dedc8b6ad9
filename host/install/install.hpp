// Registers this program with browsers, and removes the registration: it only writes and deletes
// host manifests and, on Windows, the registry keys that name them.
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
  bool all = false;      // whether to also register browsers that are not installed
  bool dry_run = false;  // whether to change nothing, and only report what would be done
  // If set, only a browser that is started with this --user-data-dir is registered.
  std::optional<std::filesystem::path> profile;
  std::filesystem::path program;  // the absolute path of this program
  std::vector<std::string> allowed_callers;
};

enum class Action {
  installed,
  updated,    // there was a manifest, but its content or its registration was not right
  unchanged,  // the manifest was already right
  removed,
  skipped,  // install: none of the browsers is installed; uninstall: there is no manifest
  foreign,  // there is a file of this name that is not CardMute's; not changed
  failed,
};

std::string_view name_of(Action action);

struct Step {
  Target target;
  Action action = Action::skipped;  // with dry_run: what would be done
  std::string detail;               // for failed and foreign: why
};

// Writes the manifests, and returns what was done for each folder. A second run changes nothing.
std::vector<Step> install(const Options& options, const Roots& roots);

// Deletes CardMute's own manifests and their registry keys, even of browsers that are not
// installed. Returns what was done for each folder. The folders stay.
std::vector<Step> uninstall(const Options& options, const Roots& roots);

}  // namespace cardmute::install
