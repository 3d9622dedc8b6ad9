// Policies of browsers in files, as on Linux.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <vector>

namespace cardmute::install {

// Firefox reads policies.json as JSON. Chromium also accepts comments, and a comma after a last
// entry (JSONFileValueDeserializer with JSON_ALLOW_TRAILING_COMMAS in config_dir_policy_loader.cc).
enum class Syntax { plain_json, chromium };

// null if the file is not a JSON object.
nlohmann::json read_policy_file(const std::filesystem::path& file, Syntax syntax);

// The folder's files in one object, whatever their names. For each key, the last file in
// alphabetical order wins. Adds the files that are no JSON objects to `broken`.
nlohmann::json merged_policy_files(const std::filesystem::path& folder,
                                   std::vector<std::filesystem::path>& broken);

}  // namespace cardmute::install
