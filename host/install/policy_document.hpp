// The browser policies that an administrator sets for CardMute: the extension is installed without
// a click, its icon is pinned, and the browser is allowed to start the host. Chromium-like browsers
// then use only the machine's host manifest, not a user's, and open no private windows.
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
  std::string extension;  // the extension's ID in this browser
  // For Chromium-like browsers the address of the update manifest, for Firefox that of the add-on's
  // package.
  std::string update_url;
  std::vector<std::string> sites;  // where the banner says NOT MUTED even without a host
  bool unsigned_addon = false;     // let Firefox ESR accept an add-on without Mozilla's signature
};

Kind kind_of(PolicyBrowser browser);

// The policies in the form of the JSON file for Linux.
nlohmann::ordered_json policy_document(const PolicyOptions& options);

// The text in the format for `options.system`: JSON, a .reg file, or a configuration profile for
// macOS. For Firefox it is always JSON.
std::string policy_text(const PolicyOptions& options);

// Says where the text belongs: into which file, or what to do with it.
std::string policy_place(const PolicyOptions& options);

}  // namespace cardmute::install
