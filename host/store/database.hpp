// SQLite as this room uses it: one connection, statements that are prepared once, and errors as
// exceptions, which store.cpp, ledger.cpp and proof.cpp catch. Knows nothing of tables.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace cardmute::store {

class SqliteError : public std::runtime_error {
 public:
  SqliteError(int code, const std::string& what) : std::runtime_error(what), code_(code) {}
  // SQLITE_FULL and its like, without the finer distinctions of the extended codes.
  [[nodiscard]] int code() const { return code_ & 0xff; }
  // The file is no database any more; not that it could not be read or written just now.
  // (A file that ends where pages should be was cut short.)
  [[nodiscard]] bool damage() const {
    return code() == SQLITE_CORRUPT || code() == SQLITE_NOTADB || code_ == SQLITE_IOERR_SHORT_READ;
  }

 private:
  int code_;
};

// One use of a prepared statement; ready for the next when this goes.
class Statement {
 public:
  explicit Statement(sqlite3_stmt* statement) : statement_(statement) {}
  ~Statement();
  Statement(Statement&& other) noexcept : statement_(std::exchange(other.statement_, nullptr)) {}
  Statement& operator=(Statement&&) = delete;
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  void bind(int at, std::int64_t value);
  void bind(int at, int value) { bind(at, std::int64_t{value}); }
  void bind(int at, bool value) { bind(at, std::int64_t{value ? 1 : 0}); }
  void bind(int at, double value);
  void bind(int at, std::string_view value);
  void bind(int at, const std::string& value) { bind(at, std::string_view(value)); }
  void bind(int at, const char* value) { bind(at, std::string_view(value)); }
  template <typename Value>
  void bind(int at, const std::optional<Value>& value) {
    if (value) bind(at, *value);  // unbound is NULL
  }

  // Whether there is a (further) row.
  bool step();
  [[nodiscard]] bool is_null(int column) const;
  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] double real(int column) const;
  [[nodiscard]] std::string text(int column) const;

 private:
  sqlite3_stmt* statement_;
};

class Database {
 public:
  // `flags` are those of sqlite3_open_v2; `vfs` may be null.
  Database(const std::string& name, int flags, const char* vfs, int busy_ms);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  // `sql` has to live as long as this does: it is what a kept statement is found by.
  template <typename... Values>
  Statement query(const char* sql, const Values&... values) {
    Statement statement(prepared(sql));
    int at = 0;
    (statement.bind(++at, values), ...);
    return statement;
  }
  // A statement without rows; how many rows it changed.
  template <typename... Values>
  int run(const char* sql, const Values&... values) {
    query(sql, values...).step();
    return sqlite3_changes(handle_);
  }
  // The first column of the first row, as a number; nothing: no row, or NULL.
  template <typename... Values>
  std::optional<std::int64_t> number(const char* sql, const Values&... values) {
    auto statement = query(sql, values...);
    if (!statement.step() || statement.is_null(0)) return std::nullopt;
    return statement.integer(0);
  }
  // Anything, once, not kept.
  void execute(const char* sql);

  [[nodiscard]] std::int64_t last_id() const { return sqlite3_last_insert_rowid(handle_); }
  // The file was renamed or deleted, or another stands in its place.
  [[nodiscard]] bool has_moved() const;
  // Lets the file have what stands in the write-ahead log, and waits for the disk. True: all of it.
  bool checkpoint();
  // Pages in the write-ahead log after this connection's last commit; 0: it has committed nothing
  // since forget_log().
  [[nodiscard]] int log_pages() const { return log_pages_; }
  void forget_log() { log_pages_ = 0; }

 private:
  void close();
  sqlite3_stmt* prepared(const char* sql);

  sqlite3* handle_ = nullptr;
  std::map<const char*, sqlite3_stmt*> statements_;
  int log_pages_ = 0;
};

// Rolled back unless committed.
class Transaction {
 public:
  enum class Kind { reading, writing };
  Transaction(Database& database, Kind kind);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  void commit();

 private:
  Database& database_;
  bool open_ = true;
};

}  // namespace cardmute::store
