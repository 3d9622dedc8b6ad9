// Converts Chromium's policies to the formats of Windows and macOS. The policies come from the JSON
// for Linux, so that all systems have the same ones.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "install/policy_document.hpp"

namespace cardmute::install {

// Returns a file for regedit. Lists become registry keys with numbered values. ExtensionSettings is
// a text with JSON. The policies of an extension are below "3rdparty\extensions\ID\policy".
std::string registry_text(PolicyBrowser browser, const nlohmann::ordered_json& document);

// A configuration profile: one payload for the browser, and one for each extension with policies.
std::string profile_text(PolicyBrowser browser, const nlohmann::ordered_json& document);

}  // namespace cardmute::install
