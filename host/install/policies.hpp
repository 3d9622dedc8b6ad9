// What the browser policies on this machine say about CardMute's extension and host.
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "install/browsers.hpp"

namespace cardmute::install {

// What the policies of one browser say.
struct BrowserPolicies {
  std::string browser;  // its name in the table of browsers
  Kind kind = Kind::chromium;
  // Policy files that are not JSON; the browser ignores them.
  std::vector<std::filesystem::path> broken;
  // Of the given callers: those whose extension is force-installed, and those whose extension is
  // blocked.
  std::vector<std::string> installs;
  std::vector<std::string> forbids;
  // NativeMessagingBlocklist blocks this host for every extension.
  bool forbids_host = false;
  // NativeMessagingUserLevelHosts is false: the browser ignores manifests of a user.
  bool forbids_user_hosts = false;
};

// One for each browser of `system` whose policies can be read: on Linux from files, on Windows from
// the registry. (macOS keeps them in configuration profiles.) `callers` are origins
// ("chrome-extension://ID/") or add-on IDs. Folders and merging follow Chromium
// (config_dir_policy_loader.cc: the last file in alphabetical order wins) and Firefox
// (/etc/firefox/policies before "distribution" in the program's folder).
std::vector<BrowserPolicies> policies(const Roots& roots, System system,
                                      std::span<const std::string> callers);

}  // namespace cardmute::install
