// Reads the files of browser policies. Private to install/.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string_view>
#include <vector>

namespace cardmute::install {

// Firefox reads policies.json as JSON. Chromium also accepts comments, and a comma after a last
// entry (JSONFileValueDeserializer with JSON_ALLOW_TRAILING_COMMAS in config_dir_policy_loader.cc).
enum class Syntax { json, chromium };

// Returns the object in the file; null if the file is not a JSON object.
nlohmann::json read_object(const std::filesystem::path& file, Syntax syntax);
// The files in the folder, in alphabetical order.
std::vector<std::filesystem::path> files_in(const std::filesystem::path& folder);

// Returns a member of `object`; null if there is no such member, or `object` is not an object.
const nlohmann::json& member(const nlohmann::json& object, std::string_view name);
// Whether `list` is a JSON list that contains `text`.
bool lists(const nlohmann::json& list, std::string_view text);
// Returns the policy ExtensionSettings. In both kinds of browser it has the form {"ID":
// {"installation_mode": …}, "*": …}. Firefox also accepts it as a string.
nlohmann::json settings_of(const nlohmann::json& policy);
// Returns "installation_mode" of an entry of ExtensionSettings; empty if the entry has none.
std::string mode_in(const nlohmann::json& entry);
// is_installing(): whether this installation_mode installs the extension. is_blocking(): whether it
// keeps the extension away. With other modes, neither.
bool is_installing(std::string_view mode);
bool is_blocking(std::string_view mode);

}  // namespace cardmute::install
