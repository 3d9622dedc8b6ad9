// Formats entries of the ledger: as lines for people, and as JSON for programs.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "store/store.hpp"

namespace cardmute::cli {

// One line with time, event, place and outcome. No value can break the line or move a terminal's
// cursor.
std::string ledger_line(const store::Entry& entry);

// Always contains every field. A field that this kind of entry does not use is null.
nlohmann::json ledger_json(const store::Entry& entry);

}  // namespace cardmute::cli
