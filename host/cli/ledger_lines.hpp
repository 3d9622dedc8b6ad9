// Entries of the ledger as lines for people and as JSON for programs.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "store/store.hpp"

namespace cardmute::cli {

// One line: when, what, where, and the outcome. No value can end the line or move a terminal's
// cursor.
std::string ledger_line(const store::Entry& entry);

// Always has every field; a field that this kind of entry does not use is null.
nlohmann::json ledger_json(const store::Entry& entry);

}  // namespace cardmute::cli
