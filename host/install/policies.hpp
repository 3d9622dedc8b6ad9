// What the browser policies on this machine say about CardMute's extension and host.
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "install/browsers.hpp"

namespace cardmute::install {

// Something in an administrator's policies that has no effect.
struct PolicyMistake {
  std::string text;
  std::string remedy;
};

// What the policies of one browser say.
struct BrowserPolicies {
  std::string browser;  // its name in the table of browsers
  Kind kind = Kind::chromium;
  // Policy files that are not a JSON object, so that the browser ignores them.
  std::vector<std::filesystem::path> broken = {};
  // The given callers whose extension is installed by a policy, or by an administrator in another
  // way, and those whose extension is blocked or lacks a permission that it needs.
  std::vector<std::string> installs = {};
  std::vector<std::string> forbids = {};
  std::vector<PolicyMistake> mistakes = {};
  // The sites on which the extension is not allowed to run, as patterns without a path
  // ("*://*.example.com"), and the exceptions from them.
  std::vector<std::string> blocked_hosts = {};
  std::vector<std::string> allowed_hosts = {};
  // Whether NativeMessagingBlocklist blocks this host for every extension.
  bool forbids_host = false;
  // Whether NativeMessagingUserLevelHosts is false, so that the browser ignores manifests of a
  // single user.
  bool forbids_user_hosts = false;
};

// Returns an element for each browser on `system` whose policies this program can read, even if it
// has none. Policies are read from files on Linux, and from the registry on Windows. For macOS,
// which keeps policies in configuration profiles, nothing is returned. `callers` are origins
// ("chrome-extension://ID/") or add-on IDs. Files are found and merged as in Chromium
// (config_dir_policy_loader.cc: the last file in alphabetical order counts) and in Firefox
// (/etc/firefox/policies is preferred to "distribution" in the program's folder).
std::vector<BrowserPolicies> policies(const Roots& roots, System system,
                                      std::span<const std::string> callers);

// Returns those of `sites` (match patterns of policy.sites) on which the browser does not let the
// extension run, at least on a part of the site.
std::vector<std::string> blocked_sites(const BrowserPolicies& policies,
                                       std::span<const std::string> sites);

}  // namespace cardmute::install
