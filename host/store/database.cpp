#include "store/database.hpp"

#include <system_error>

#include "store/shared_index.hpp"

namespace cardmute::store {

namespace {

[[noreturn]] void fail(sqlite3* handle, int code) {
  // The extended code is added because the text does not distinguish a failed read from a failed
  // sync.
  std::string what = handle != nullptr ? sqlite3_errmsg(handle) : sqlite3_errstr(code);
  throw SqliteError(code, what + " (SQLite " + std::to_string(code) + ")");
}

// Turns off memory that SQLite reserves for speed: every process has a connection open all day, and
// none needs the speed.
void spare_memory() {
  static const bool once = [] {
    // If a test program has initialised SQLite already, this has no effect.
    sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 0, 0);
    sqlite3_config(SQLITE_CONFIG_PAGECACHE, nullptr, 0, 0);
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    return true;
  }();
  static_cast<void>(once);
}

}  // namespace

void require_regular_file(const std::filesystem::path& file) {
  std::error_code error;
  const auto status = std::filesystem::status(file, error);
  if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status)) {
    throw SqliteError(SQLITE_CANTOPEN, "it is not a regular file");
  }
}

Statement::~Statement() {
  if (statement_ == nullptr) return;
  // step() has already reported any error.
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
}

void Statement::bind(int at, std::int64_t value) { sqlite3_bind_int64(statement_, at, value); }

void Statement::bind(int at, double value) { sqlite3_bind_double(statement_, at, value); }

void Statement::bind(int at, std::string_view value) {
  // SQLite makes a copy, because the caller may free the text before the row is read.
  const int code = sqlite3_bind_text(statement_, at, value.empty() ? "" : value.data(),
                                     static_cast<int>(value.size()), SQLITE_TRANSIENT);
  if (code != SQLITE_OK) fail(sqlite3_db_handle(statement_), code);
}

bool Statement::step() {
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  fail(sqlite3_db_handle(statement_), code);
}

bool Statement::is_null(int column) const {
  return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

std::int64_t Statement::integer(int column) const {
  return sqlite3_column_int64(statement_, column);
}

double Statement::real(int column) const { return sqlite3_column_double(statement_, column); }

std::string Statement::text(int column) const {
  const void* bytes = sqlite3_column_text(statement_, column);
  if (bytes == nullptr) return {};
  return {static_cast<const char*>(bytes),
          static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

Database::Database(const std::string& name, int flags, const char* vfs, int busy_ms) {
  spare_memory();
  require_regular_file(name);
  const int code =
      sqlite3_open_v2(name.c_str(), &handle_, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE,
                      vfs != nullptr ? vfs : guarded_vfs());
  try {
    if (code != SQLITE_OK) fail(handle_, code);
    sqlite3_busy_timeout(handle_, busy_ms);
    // The last connection to close would checkpoint and wait for the disk. There is no time for
    // that: the browser may be about to kill this process.
    sqlite3_db_config(handle_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    sqlite3_wal_hook(
        handle_,
        [](void* self, sqlite3*, const char*, int pages) {
          static_cast<Database*>(self)->log_pages_ = pages;
          return SQLITE_OK;
        },
        this);
    // Saves memory and files: no memory mapping, no temporary files.
    execute("PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY;");
  } catch (...) {
    close();
    throw;
  }
}

Database::~Database() { close(); }

void Database::close() {
  for (const auto& [sql, statement] : statements_) sqlite3_finalize(statement);
  statements_.clear();
  sqlite3_close(handle_);
  handle_ = nullptr;
}

sqlite3_stmt* Database::prepared(const char* sql) {
  sqlite3_stmt*& statement = statements_[sql];
  if (statement == nullptr) {
    const int code =
        sqlite3_prepare_v3(handle_, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    if (code != SQLITE_OK) fail(handle_, code);
  }
  return statement;
}

void Database::execute(const char* sql) {
  const int code = sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) fail(handle_, code);
}

bool Database::has_moved() const {
  int moved = 0;
  const int code = sqlite3_file_control(handle_, "main", SQLITE_FCNTL_HAS_MOVED, &moved);
  return code == SQLITE_OK && moved != 0;
}

bool Database::checkpoint() {
  int in_log = 0;
  int done = 0;
  const int code =
      sqlite3_wal_checkpoint_v2(handle_, nullptr, SQLITE_CHECKPOINT_PASSIVE, &in_log, &done);
  // Another process is using the log.
  if ((code & 0xff) == SQLITE_BUSY) return false;
  if (code != SQLITE_OK) fail(handle_, code);
  return in_log == done;
}

void Database::sync_log() {
  sqlite3_file* log = nullptr;
  const int code =
      sqlite3_file_control(handle_, "main", SQLITE_FCNTL_JOURNAL_POINTER, static_cast<void*>(&log));
  if (code != SQLITE_OK) fail(handle_, code);
  if (log == nullptr || log->pMethods == nullptr) return;  // this connection has no log
  const int synced = log->pMethods->xSync(log, SQLITE_SYNC_NORMAL);
  if (synced != SQLITE_OK) throw SqliteError(synced, sqlite3_errstr(synced));
}

bool Database::index_has_moved() const {
  return store::index_has_moved(sqlite3_db_filename(handle_, "main"));
}

bool Database::index_is_cut() const {
  return store::index_is_cut(sqlite3_db_filename(handle_, "main"));
}

void Database::discard_index() const { store::discard_index(sqlite3_db_filename(handle_, "main")); }

Transaction::Transaction(Database& database, Kind kind) : database_(database) {
  database_.run(kind == Kind::writing ? "BEGIN IMMEDIATE" : "BEGIN");
}

Transaction::~Transaction() {
  if (!open_) return;
  try {
    database_.run("ROLLBACK");
  } catch (const SqliteError&) {
    // SQLite has already rolled back, or the connection is closed next, which rolls back too.
    open_ = false;
  }
}

void Transaction::commit() {
  database_.run("COMMIT");
  open_ = false;
}

}  // namespace cardmute::store
