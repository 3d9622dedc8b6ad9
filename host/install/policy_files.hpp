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

// null if the file is not a JSON object.
nlohmann::json read_object(const std::filesystem::path& file, Syntax syntax);
// The files in the folder, in alphabetical order.
std::vector<std::filesystem::path> files_in(const std::filesystem::path& folder);

// null if there is no such member, or `object` is none.
const nlohmann::json& member(const nlohmann::json& object, std::string_view name);
// Whether `list` is a list with this text.
bool lists(const nlohmann::json& list, std::string_view text);
// ExtensionSettings, in both kinds of browser: {"ID": {"installation_mode": …}, "*": …}. Firefox
// also accepts it as a string.
nlohmann::json settings_of(const nlohmann::json& policy);
// "installation_mode" of such an entry; empty: none.
std::string mode_in(const nlohmann::json& entry);
// Whether such a mode installs the extension, or keeps it away.
bool is_installing(std::string_view mode);
bool is_blocking(std::string_view mode);

}  // namespace cardmute::install
