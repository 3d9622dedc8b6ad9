#include "observer.hpp"

#include "actors.hpp"

namespace cardmute::simulation {

void Observer::close() {
  for (const auto& [sql, statement] : statements_) sqlite3_finalize(statement);
  statements_.clear();
  sqlite3_close(database_);
  database_ = nullptr;
}

sqlite3_stmt* Observer::prepared(const std::string& sql) {
  if (database_ == nullptr) {
    sqlite3_open_v2(file_.c_str(), &database_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX,
                    nullptr);
    sqlite3_db_config(database_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  }
  sqlite3_stmt*& statement = statements_[sql];
  if (statement == nullptr &&
      sqlite3_prepare_v2(database_, sql.c_str(), -1, &statement, nullptr) != SQLITE_OK) {
    throw Broken("store", "the file cannot be read: " + std::string(sqlite3_errmsg(database_)));
  }
  sqlite3_reset(statement);
  return statement;
}

bool Observer::knows(engine::Command command, const engine::Target& target, std::int64_t pid,
                     engine::Steady begun) {
  sqlite3_stmt* found = prepared(
      "SELECT 1 FROM flight JOIN host ON host.id = flight.host WHERE command = ? AND target_by = ? "
      "AND target = ? AND pid = ? AND asked_us = ? AND doubt = 0");
  sqlite3_bind_text(found, 1, command == engine::Command::mute ? "mute" : "unmute", -1,
                    SQLITE_STATIC);
  const std::string_view by = name_of(target.by);
  sqlite3_bind_text(found, 2, by.data(), static_cast<int>(by.size()), SQLITE_STATIC);
  sqlite3_bind_text(found, 3, target.value.c_str(), -1, SQLITE_TRANSIENT);
  sqlite3_bind_int64(found, 4, pid);
  sqlite3_bind_int64(found, 5, begun.count());
  const bool known = sqlite3_step(found) == SQLITE_ROW;
  sqlite3_reset(found);
  return known;
}

std::int64_t Observer::rows(const std::string& table, const std::string& condition) {
  sqlite3_stmt* found = prepared("SELECT count(*) FROM " + table + " WHERE " + condition);
  const std::int64_t rows = sqlite3_step(found) == SQLITE_ROW ? sqlite3_column_int64(found, 0) : -1;
  sqlite3_reset(found);
  return rows;
}

}  // namespace cardmute::simulation
