// The browser policies that an administrator sets for CardMute: the extension is installed without
// a click and its icon is pinned, and the browser starts the host of the machine.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "install/browsers.hpp"

namespace cardmute::install {

enum class PolicyBrowser { chrome, edge, chromium, firefox };
enum class PolicySystem { linux_desktop, windows, mac };

struct PolicyOptions {
  PolicyBrowser browser = PolicyBrowser::chrome;
  PolicySystem system = PolicySystem::linux_desktop;
  std::string extension;  // the ID that this browser knows it by
  // Chromium's kind: the update manifest. Firefox: the add-on's package.
  std::string update_url;
  std::vector<std::string> sites;  // where a form says NOT MUTED even without a host
  bool unsigned_addon = false;     // Firefox ESR accepts an add-on that Mozilla has not signed
};

Kind kind_of(PolicyBrowser browser);

// The policies as a JSON file on Linux has them.
nlohmann::ordered_json policy_document(const PolicyOptions& options);

// The text that `options.system` takes: JSON, a .reg file, or a configuration profile for macOS.
// Firefox takes JSON everywhere.
std::string policy_text(const PolicyOptions& options);

// Where the text belongs: a file, or what to do with it.
std::string policy_place(const PolicyOptions& options);

}  // namespace cardmute::install
