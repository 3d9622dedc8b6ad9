// Reads the texts of the sources: from files, from Windows' Group Policy, or in tests from a map.
// Private to config/.
#pragma once

#include <filesystem>
#include <optional>

#include "config/document.hpp"
#include "config/load.hpp"
#include "config/report.hpp"

namespace cardmute::config {

bool is_there(const Sources& sources, const std::filesystem::path& file);

// Returns nullopt if the text cannot be read or is not JSON. `report` gets the reason.
std::optional<Document> read_document(const Sources& sources, const std::filesystem::path& file,
                                      Report& report,
                                      platform::Writers writers = platform::Writers::anybody);

}  // namespace cardmute::config
