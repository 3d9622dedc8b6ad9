#include "store/minutes.hpp"

#include <limits>

#include "store/reader.hpp"
#include "store/schema.hpp"

namespace cardmute::store {

void write_minute(Database& database, const Minute& minute) {
  const std::int64_t at = minute.at.count();
  database.run(
      "INSERT INTO minute(at, call) VALUES(?, ?) ON CONFLICT DO UPDATE SET "
      "call = CASE WHEN call IS NULL OR excluded.call > call THEN excluded.call ELSE call END",
      at, minute.call ? std::optional(std::int64_t{*minute.call}) : std::nullopt);
  database.run("DELETE FROM minute WHERE at < ?",
               at - std::chrono::minutes(std::chrono::days(kKept_days)).count());
}

std::optional<std::string> read_minutes(const std::filesystem::path& file,
                                        std::optional<UtcTime> since,
                                        const std::function<void(const Minute&)>& take) {
  return with_reader(file, [&](Database& database) {
    // A file of an older version lacks this table until a newer host opens it.
    if (schema_version(database) < kMinutesSince_version) return;
    auto rows = database.query(
        "SELECT at, call FROM minute WHERE at >= ? ORDER BY at",
        since ? std::int64_t{minute_of(*since).count()} : std::numeric_limits<std::int64_t>::min());
    while (rows.step()) {
      take({std::chrono::minutes(rows.integer(0)),
            rows.is_null(1) ? std::nullopt : std::optional(rows.integer(1) != 0)});
    }
  });
}

}  // namespace cardmute::store
