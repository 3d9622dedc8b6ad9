// A configuration file as JSON: read within limits, comments allowed, each key once. For config/
// only.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "config/report.hpp"
#include "platform/trusted_file.hpp"

namespace cardmute::config {

// Whether something is there to be read. A file that cannot even be looked at counts as there, and
// so does a link that leads nowhere: reading it says why.
bool is_there(const std::filesystem::path& file);

// The text of a file of at most kMaxFile_bytes; nothing when it cannot be had, and `report` has
// said why. A file that others than root could write is refused, or with Writers::anybody warned
// of.
std::optional<std::string> read_text(const std::filesystem::path& file, Report& report,
                                     platform::Writers writers);

struct Document {
  nlohmann::json content;  // an object
  // Keys that stand twice, dotted; reported, and `content` has their last value, so that the rest
  // can still be checked.
  std::vector<std::string> doubled;
};

// The text's one object; nothing when there is none, and `report` has said why.
std::optional<Document> parse_document(const std::string& text, Report& report);

}  // namespace cardmute::config
