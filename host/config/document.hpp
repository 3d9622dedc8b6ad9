// Reads a configuration file as JSON. Size and depth are limited, comments are allowed, and each
// key occurs at most once.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "config/report.hpp"
#include "platform/trusted_file.hpp"

namespace cardmute::config {

// Whether the file exists. Returns true also for a file that cannot be examined, and if the file or
// its folder is a link to something that is missing: reading the file will report why.
bool is_there(const std::filesystem::path& file);

// Returns the text of the file. A file over kMaxFile_bytes is cut one byte after this limit, so
// that parse_document() reports it. If the file cannot be read, reports why and returns nullopt.
// With Writers::root it does the same if anybody but root could write the file. With
// Writers::anybody, it only warns if anybody but this user and root could.
std::optional<std::string> read_text(const std::filesystem::path& file, Report& report,
                                     platform::Writers writers);

struct Document {
  nlohmann::json content;  // always a JSON object
  // Keys that occur twice, with the names of their groups ("policy.grace_ms"). They were reported.
  // `content` has the last value of each, so that everything else can still be checked.
  std::vector<std::string> doubled;
};

// Returns the object in the text. Otherwise reports why there is none, and returns nullopt.
std::optional<Document> parse_document(const std::string& text, Report& report);

}  // namespace cardmute::config
