// A C++ interface to SQLite: a connection, statements that are prepared once, errors as exceptions.
// Private to store/, which lets no exception out.
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

#include "base/target_by.hpp"

namespace cardmute::store {

class SqliteError : public std::runtime_error {
 public:
  SqliteError(int code, const std::string& what) : std::runtime_error(what), code_(code) {}
  // The primary result code, such as SQLITE_FULL.
  [[nodiscard]] int code() const { return code_ & 0xff; }
  // Whether the file is damaged, in contrast to a file that cannot be read or written at the
  // moment. (A file that ends before its last page was truncated, so it is damaged.)
  [[nodiscard]] bool damage() const {
    return code() == SQLITE_CORRUPT || code() == SQLITE_NOTADB || code_ == SQLITE_IOERR_SHORT_READ;
  }

 private:
  int code_;
};

// Throws if something other than a regular file has the store's name. Opening a pipe would wait for
// a writer, and a device must not be changed.
void require_regular_file(const std::filesystem::path& file);

// One use of a prepared statement. The destructor resets the statement.
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
  void bind(int at, TargetBy value) { bind(at, name_of(value)); }
  template <typename Value>
  void bind(int at, const std::optional<Value>& value) {
    if (value) bind(at, *value);  // a parameter that is not bound is NULL
  }

  // Goes to the next row. Returns false if there is no next row.
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
  // `flags`: see sqlite3_open_v2. `vfs`: null for the default one with the protection of
  // shared_index.hpp.
  Database(const std::string& name, int flags, const char* vfs, int busy_ms);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  // `sql` must exist as long as this object: it is the key under which the prepared statement is
  // kept.
  template <typename... Values>
  Statement query(const char* sql, const Values&... values) {
    Statement statement(prepared(sql));
    int at = 0;
    (statement.bind(++at, values), ...);
    return statement;
  }
  // Runs a statement without result rows. Returns how many rows it changed.
  template <typename... Values>
  int run(const char* sql, const Values&... values) {
    query(sql, values...).step();
    return sqlite3_changes(handle_);
  }
  // Returns the first column of the first row; nullopt if there is no row, or if the column is
  // NULL.
  template <typename... Values>
  std::optional<std::int64_t> number(const char* sql, const Values&... values) {
    auto statement = query(sql, values...);
    if (!statement.step() || statement.is_null(0)) return std::nullopt;
    return statement.integer(0);
  }
  // Runs any SQL once, without keeping the statement.
  void execute(const char* sql);

  [[nodiscard]] std::int64_t last_id() const { return sqlite3_last_insert_rowid(handle_); }
  // Whether the file was renamed, deleted or replaced.
  [[nodiscard]] bool has_moved() const;
  // Functions of shared_index.hpp, for the log and the index of this database.
  [[nodiscard]] bool index_has_moved() const;
  [[nodiscard]] bool index_is_cut() const;
  void discard_index() const;
  // Copies the write-ahead log into the file, and waits for the disk unless PRAGMA synchronous is
  // OFF. Returns true if all of the log was copied, false if other processes still use a part of
  // it.
  bool checkpoint();
  // Syncs the write-ahead log to the disk and waits for it.
  void sync_log();
  // The pages in the write-ahead log after this connection's last commit; 0 if there was no commit
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

// A transaction that is rolled back unless it was committed.
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
