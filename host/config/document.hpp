// Reads a configuration file as JSON: of limited size and depth, with comments, each key once.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "config/report.hpp"
#include "platform/trusted_file.hpp"

namespace cardmute::config {

// Whether the file exists. A file that cannot be examined also counts, and so does a link to a
// missing file: reading it reports why.
bool is_there(const std::filesystem::path& file);

// Returns the text of a file of at most kMaxFile_bytes. Otherwise reports why and returns nullopt.
// A file that others than root could write is refused; with Writers::anybody, it is only a warning.
std::optional<std::string> read_text(const std::filesystem::path& file, Report& report,
                                     platform::Writers writers);

struct Document {
  nlohmann::json content;  // an object
  // Dotted keys that appear twice. They are reported. `content` has their last value, so that the
  // rest can still be checked.
  std::vector<std::string> doubled;
};

// Returns the object in the text. Otherwise reports why there is none, and returns nullopt.
std::optional<Document> parse_document(const std::string& text, Report& report);

}  // namespace cardmute::config
