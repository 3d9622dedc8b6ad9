#include "store/entries.hpp"

#include "store/target_columns.hpp"

namespace cardmute::store {

namespace {

// The most entries that are deleted at a time, so that each transaction is short.
constexpr int kPrune_entries = 500;

std::optional<std::int64_t> optional_integer(const Statement& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return row.integer(column);
}

std::optional<double> optional_real(const Statement& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return row.real(column);
}

std::optional<std::int64_t> utc_ms_of(std::optional<UtcTime> at) {
  if (!at) return std::nullopt;
  return std::int64_t{at->count()};
}

}  // namespace

Entry entry_of(EntryKind kind, UtcTime at) {
  Entry entry;
  entry.kind = kind;
  entry.at = at;
  return entry;
}

std::int64_t write_entry(Database& database, const Entry& entry) {
  const auto by =
      entry.target ? std::optional<std::string>(name_of(entry.target->by)) : std::nullopt;
  const auto target = entry.target ? std::optional(entry.target->value) : std::nullopt;
  database.run(
      "INSERT INTO entry(at_utc_ms, kind, surface, origin, command, target_by, target, outcome, "
      "http_status, error_code, latency_ms, duration_ms, detail, repeats, last_utc_ms) "
      "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      std::int64_t{entry.at.count()}, std::string(name_of(entry.kind)), entry.surface, entry.origin,
      entry.command, by, target, entry.outcome, entry.http_status, entry.error_code,
      entry.latency_ms, entry.duration_ms, entry.detail, entry.repeats, utc_ms_of(entry.last_at));
  return database.last_id();
}

bool repeat_entry(Database& database, std::int64_t id, UtcTime at) {
  return database.run("UPDATE entry SET repeats = repeats + 1, last_utc_ms = ? WHERE id = ?",
                      std::int64_t{at.count()}, id) > 0;
}

bool count_entry(Database& database, std::int64_t id, const Entry& another) {
  return database.run(
             "UPDATE entry SET repeats = repeats + 1 + ?1, last_utc_ms = ?2, duration_ms = "
             "CASE WHEN ?3 > coalesce(duration_ms, -1) THEN ?3 ELSE duration_ms END WHERE id = ?4",
             another.repeats, std::int64_t{another.last_at.value_or(another.at).count()},
             another.duration_ms, id) > 0;
}

void prune_entries(Database& database) {
  // The newest entries can be counted by ID, because IDs ascend without gaps.
  database.run(
      "DELETE FROM entry WHERE id IN (SELECT id FROM entry "
      "WHERE id <= (SELECT max(id) FROM entry) - ? ORDER BY id LIMIT ?)",
      kMaxLedger_entries, kPrune_entries);
}

const char* const kSelect_entries =
    "SELECT kind, at_utc_ms, surface, origin, command, target_by, target, outcome, http_status, "
    "error_code, latency_ms, duration_ms, detail, repeats, last_utc_ms FROM entry "
    "WHERE at_utc_ms >= ? ORDER BY id";

Entry read_entry(const Statement& row) {
  Entry entry;
  int column = 0;
  std::string kind = row.text(column++);
  entry.kind = entry_kind_of(kind);
  if (entry.kind == EntryKind::other) entry.other_kind = std::move(kind);
  entry.at = UtcTime(row.integer(column++));
  entry.surface = row.text(column++);
  entry.origin = row.text(column++);
  entry.command = row.text(column++);
  entry.target = read_target(row, column);
  column += 2;
  entry.outcome = row.text(column++);
  if (const auto status = optional_integer(row, column++)) {
    entry.http_status = static_cast<int>(*status);
  }
  entry.error_code = optional_integer(row, column++);
  entry.latency_ms = optional_real(row, column++);
  entry.duration_ms = optional_real(row, column++);
  entry.detail = row.text(column++);
  entry.repeats = static_cast<int>(row.integer(column++));
  if (const auto last = optional_integer(row, column)) entry.last_at = UtcTime(*last);
  return entry;
}

}  // namespace cardmute::store
