// Rows of the ledger. For this room only.
#pragma once

#include <cstdint>

#include "store/books.hpp"

namespace cardmute::store {

Entry entry_of(const char* kind, protocol::UtcTime at);
// Returns its id.
std::int64_t write_entry(Database& database, const Entry& entry);
// The same request again, with the same outcome. False: the entry is not there any more.
bool repeat_entry(Database& database, std::int64_t id, protocol::UtcTime at);
// Deletes some of what is more than kMaxLedger_entries.
void prune_entries(Database& database);
// What read_entry() reads.
extern const char* const kSelect_entries;
Entry read_entry(const Statement& row);

}  // namespace cardmute::store
