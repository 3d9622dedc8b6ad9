// Chromium's policies in the formats of Windows and macOS. The JSON of Linux is what they are made
// from, so that all systems have the same policies.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "install/policy_document.hpp"

namespace cardmute::install {

// A file for regedit. Lists become keys with numbered values. ExtensionSettings is a text with
// JSON. The policies of an extension are below "3rdparty\extensions\ID\policy".
std::string registry_text(PolicyBrowser browser, const nlohmann::ordered_json& document);

// A configuration profile: one payload for the browser, and one for each extension with policies.
std::string profile_text(PolicyBrowser browser, const nlohmann::ordered_json& document);

}  // namespace cardmute::install
