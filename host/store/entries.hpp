// Writes and reads rows of the ledger. Private to store/.
#pragma once

#include <cstdint>

#include "store/transaction_context.hpp"

namespace cardmute::store {

Entry entry_of(EntryKind kind, UtcTime at);
// Returns the entry's ID.
std::int64_t write_entry(Database& database, const Entry& entry);
// Counts another request with the same outcome in the entry `id`. Returns false if that entry no
// longer exists.
bool repeat_entry(Database& database, std::int64_t id, UtcTime at);
// Counts `another`, which is not written itself, in the entry `id`, and keeps the longer duration.
// Returns false if that entry no longer exists.
bool count_entry(Database& database, std::int64_t id, const Entry& another);
// Deletes the oldest entries beyond kMaxLedger_entries, a limited number at a time, so that the
// transaction stays short.
void prune_entries(Database& database);
// The query whose rows read_entry() reads.
extern const char* const kSelect_entries;
Entry read_entry(const Statement& row);

}  // namespace cardmute::store
