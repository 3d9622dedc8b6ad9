#include "store/rules.hpp"

#include <algorithm>
#include <set>

#include "store/entries.hpp"
#include "store/reader.hpp"
#include "store/rule_records.hpp"
#include "store/schema.hpp"

namespace cardmute::store {

namespace {

std::int64_t ms_of(UtcTime time) { return time.count(); }

std::optional<UtcTime> time_of(const Statement& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return UtcTime(row.integer(column));
}

void make_row(Database& database, const RuleReport& report) {
  database.run(
      "INSERT INTO rule_record(rule, origin, heard_utc_ms) VALUES(?, ?, ?) "
      "ON CONFLICT DO UPDATE SET heard_utc_ms = excluded.heard_utc_ms",
      report.rule, report.origin, ms_of(report.at));
  database.run(
      "DELETE FROM rule_record WHERE (rule, origin) IN (SELECT rule, origin FROM rule_record "
      "ORDER BY heard_utc_ms DESC, rule, origin LIMIT -1 OFFSET ?)",
      kMaxRuleOrigins);
}

void write_match(Database& database, const RuleReport& report) {
  database.run(
      "UPDATE rule_record SET matched_utc_ms = ?, passes = 0, misses = 0, "
      "failing_utc_ms = NULL, drifted_utc_ms = NULL, invalid_definition = '', "
      "invalid_utc_ms = NULL WHERE rule = ? AND origin = ?",
      ms_of(report.at), report.rule, report.origin);
}

void note_drift(TransactionContext& context, const RuleReport& report, bool missed) {
  Entry entry = entry_of(EntryKind::rule_drift, report.at);
  entry.origin = report.origin;
  entry.detail = report.rule + (missed ? ": payment forms were seen, and the rule did not match"
                                       : ": the rule does not match its pages any more");
  context.entries.write(context.database, entry);
}

void write_failure(TransactionContext& context, const RuleReport& report) {
  Database& database = context.database;
  const bool missed = report.event == RuleEvent::missed;
  database.run(
      "UPDATE rule_record SET passes = passes + ?, misses = misses + ?, "
      "failing_utc_ms = coalesce(failing_utc_ms, ?) WHERE rule = ? AND origin = ?",
      !missed, missed, ms_of(report.at), report.rule, report.origin);
  const int drifted = database.run(
      "UPDATE rule_record SET drifted_utc_ms = ? WHERE rule = ? AND origin = ? "
      "AND matched_utc_ms IS NOT NULL AND drifted_utc_ms IS NULL AND (misses >= ? OR passes >= ?)",
      ms_of(report.at), report.rule, report.origin, kMissesBeforeDrift, kPassesBeforeDrift);
  if (drifted > 0) note_drift(context, report, missed);
}

void write_unruled(Database& database, const RuleReport& report) {
  // If the rules have changed since the last report, the count starts again.
  database.run("DELETE FROM unruled WHERE origin = ? AND definition <> ?", report.origin,
               report.definition);
  database.run(
      "INSERT INTO unruled(origin, definition, forms, since_utc_ms, last_utc_ms) "
      "VALUES(?1, ?2, 1, ?3, ?3) "
      "ON CONFLICT DO UPDATE SET forms = forms + 1, last_utc_ms = excluded.last_utc_ms",
      report.origin, report.definition, ms_of(report.at));
  database.run(
      "DELETE FROM unruled WHERE origin IN (SELECT origin FROM unruled "
      "ORDER BY last_utc_ms DESC, origin LIMIT -1 OFFSET ?)",
      kMaxUnruledOrigins);
}

void read_all(Database& database, RuleBook& book) {
  auto rules = database.query(
      "SELECT rule, origin, matched_utc_ms, passes, misses, failing_utc_ms, drifted_utc_ms, "
      "invalid_definition, invalid_utc_ms FROM rule_record ORDER BY rule, origin");
  while (rules.step()) {
    book.rules.push_back({rules.text(0), rules.text(1), time_of(rules, 2), rules.integer(3),
                          rules.integer(4), time_of(rules, 5), time_of(rules, 6), rules.text(7),
                          time_of(rules, 8)});
  }
  auto unruled = database.query(
      "SELECT origin, definition, forms, since_utc_ms, last_utc_ms FROM unruled ORDER BY origin");
  while (unruled.step()) {
    book.unruled.push_back({unruled.text(0), unruled.text(1), unruled.integer(2),
                            UtcTime(unruled.integer(3)), UtcTime(unruled.integer(4))});
  }
}

}  // namespace

void write_report(TransactionContext& context, const RuleReport& report) {
  Database& database = context.database;
  if (report.event == RuleEvent::unruled) {
    write_unruled(database, report);
    return;
  }
  make_row(database, report);
  if (report.event == RuleEvent::matched) {
    write_match(database, report);
  } else if (report.event == RuleEvent::invalid) {
    database.run(
        "UPDATE rule_record SET invalid_definition = ?, invalid_utc_ms = ? "
        "WHERE rule = ? AND origin = ?",
        report.definition, ms_of(report.at), report.rule, report.origin);
  } else {
    write_failure(context, report);
  }
}

void forget_other_rules(Database& database, const std::vector<std::string>& names) {
  std::set<std::string> gone;
  auto rows = database.query("SELECT DISTINCT rule FROM rule_record");
  while (rows.step()) {
    const std::string rule = rows.text(0);
    if (std::ranges::find(names, rule) == names.end()) gone.insert(rule);
  }
  for (const std::string& rule : gone) {
    database.run("DELETE FROM rule_record WHERE rule = ?", rule);
  }
}

std::optional<std::string> read_rules(const std::filesystem::path& file, RuleBook& book) {
  return with_reader(file, [&book](Database& database) {
    // A file of an older version lacks this table until a newer host opens it.
    if (schema_version(database) >= kRulesSince_version) read_all(database, book);
  });
}

}  // namespace cardmute::store
