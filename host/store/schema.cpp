#include "store/schema.hpp"

#include <algorithm>
#include <chrono>
#include <string>
#include <system_error>
#include <thread>

#include "platform/file_lock.hpp"
#include "platform/paths.hpp"
#include "store/close_request.hpp"

namespace cardmute::store {

namespace {

// Columns whose names end with _us have times of the steady clock, valid only within their boot.
// Columns that end with _utc_ms are for people.
//   host        a process. gone: it has ended; the row is kept for the leases and requests it left.
//   lease       orphaned_us: when its process was found dead, or said that its browser had gone.
//   flight      a request in flight. doubt: its outcome is unknown.
//   debt        an outstanding mute. boot: in which it was requested. mute_us: when the newest mute
//               request was begun, or ended without being denied. ack_us: see OutstandingMute.
//   left_muted  a target that the policy leaves muted until the call ends.
//   question    replaced in version 3.
constexpr const char* kTables = R"(
CREATE TABLE host(
  id INTEGER PRIMARY KEY AUTOINCREMENT, boot TEXT NOT NULL, pid INTEGER NOT NULL,
  started INTEGER NOT NULL, browser_boot TEXT NOT NULL, browser_pid INTEGER NOT NULL,
  browser_started INTEGER NOT NULL, caller TEXT NOT NULL, gone INTEGER NOT NULL DEFAULT 0);
CREATE TABLE lease(
  host INTEGER NOT NULL, surface TEXT NOT NULL, origin TEXT NOT NULL, reason TEXT NOT NULL,
  suspended INTEGER NOT NULL, opened_utc_ms INTEGER NOT NULL, orphaned_us INTEGER,
  PRIMARY KEY(host, surface)) WITHOUT ROWID;
CREATE TABLE flight(
  id INTEGER PRIMARY KEY AUTOINCREMENT, host INTEGER NOT NULL, command TEXT NOT NULL,
  target_by TEXT NOT NULL, target TEXT NOT NULL, asked_us INTEGER NOT NULL,
  debt_was_new INTEGER NOT NULL, unmute_was_in_flight INTEGER NOT NULL,
  doubt INTEGER NOT NULL DEFAULT 0);
CREATE TABLE debt(
  target_by TEXT NOT NULL, target TEXT NOT NULL, boot TEXT NOT NULL, mute_us INTEGER NOT NULL,
  ack_us INTEGER, ack_utc_ms INTEGER, PRIMARY KEY(target_by, target)) WITHOUT ROWID;
CREATE TABLE entry(
  id INTEGER PRIMARY KEY AUTOINCREMENT, at_utc_ms INTEGER NOT NULL, kind TEXT NOT NULL,
  surface TEXT NOT NULL, origin TEXT NOT NULL, command TEXT NOT NULL, target_by TEXT, target TEXT,
  outcome TEXT NOT NULL, http_status INTEGER, error_code INTEGER, latency_ms REAL,
  duration_ms REAL, detail TEXT NOT NULL, repeats INTEGER NOT NULL DEFAULT 0,
  last_utc_ms INTEGER);
CREATE TABLE left_muted(
  target_by TEXT NOT NULL, target TEXT NOT NULL, boot TEXT NOT NULL, at_us INTEGER NOT NULL,
  PRIMARY KEY(target_by, target)) WITHOUT ROWID;
CREATE TABLE question(
  id INTEGER PRIMARY KEY CHECK(id = 1), boot TEXT NOT NULL, asked_us INTEGER NOT NULL,
  listed_us INTEGER, calls TEXT);
CREATE TABLE proof(
  configuration TEXT PRIMARY KEY, at_utc_ms INTEGER NOT NULL, passed INTEGER NOT NULL,
  method TEXT NOT NULL) WITHOUT ROWID;
)";
// Since version 2. rule_record: counts since the rule's last match on an origin; the definition
// that a browser rejected. unruled: payment forms on pages that no rule covers.
constexpr const char* kTables_of_rules = R"(
CREATE TABLE rule_record(
  rule TEXT NOT NULL, origin TEXT NOT NULL, heard_utc_ms INTEGER NOT NULL, matched_utc_ms INTEGER,
  passes INTEGER NOT NULL DEFAULT 0, misses INTEGER NOT NULL DEFAULT 0, failing_utc_ms INTEGER,
  drifted_utc_ms INTEGER, invalid_definition TEXT NOT NULL DEFAULT '', invalid_utc_ms INTEGER,
  PRIMARY KEY(rule, origin)) WITHOUT ROWID;
CREATE TABLE unruled(
  origin TEXT PRIMARY KEY, definition TEXT NOT NULL, forms INTEGER NOT NULL,
  since_utc_ms INTEGER NOT NULL, last_utc_ms INTEGER NOT NULL) WITHOUT ROWID;
)";
// Since version 3. hello: when each extension of each browser profile last sent hello.
constexpr const char* kTables_of_hellos = R"(
CREATE TABLE hello(
  caller TEXT NOT NULL, installation TEXT NOT NULL, browser TEXT NOT NULL,
  extension_version TEXT NOT NULL, at_utc_ms INTEGER NOT NULL,
  PRIMARY KEY(caller, installation, browser)) WITHOUT ROWID;
)";
// Since version 3, several boots in one store. machine_start: a boot that has used the store; see
// starts.hpp. debt: outstanding mutes of each boot.
constexpr const char* kTables_of_starts = R"(
CREATE TABLE machine_start(boot TEXT PRIMARY KEY, machine TEXT NOT NULL) WITHOUT ROWID;
ALTER TABLE debt RENAME TO debt_of_one_start;
CREATE TABLE debt(
  boot TEXT NOT NULL, target_by TEXT NOT NULL, target TEXT NOT NULL, mute_us INTEGER NOT NULL,
  ack_us INTEGER, ack_utc_ms INTEGER, PRIMARY KEY(boot, target_by, target)) WITHOUT ROWID;
INSERT INTO debt SELECT boot, target_by, target, mute_us, ack_us, ack_utc_ms FROM debt_of_one_start;
DROP TABLE debt_of_one_start;
)";
// Since version 3. One row for each minute in which a host ran. at: minutes since 1970 (UTC); call:
// whether there was a call in it, NULL if that is not known.
constexpr const char* kTables_of_minutes = R"(
CREATE TABLE minute(at INTEGER PRIMARY KEY, call INTEGER);
)";
// Since version 3. question has one row. asker: the last host whose turn it was to request the list
// of active calls; free_us: when the next host may request it; calls: the newest list, requested at
// listed_us.
constexpr const char* kTables_of_turns = R"(
DROP TABLE question;
CREATE TABLE question(
  id INTEGER PRIMARY KEY CHECK(id = 1), boot TEXT NOT NULL, asker INTEGER NOT NULL,
  free_us INTEGER NOT NULL, listed_us INTEGER, calls TEXT);
)";
// Since version 4: the date of the extension's list of payment providers.
constexpr const char* kCardFramesDate_of_hellos =
    "ALTER TABLE hello ADD COLUMN card_frames_date TEXT NOT NULL DEFAULT ''";
// Since version 5: on how many of the watched sites the browser does not let the extension run.
constexpr const char* kHiddenSites_of_hellos =
    "ALTER TABLE hello ADD COLUMN hidden_sites INTEGER NOT NULL DEFAULT 0";
constexpr const char* kMark = "PRAGMA user_version = 5";

constexpr int kTable_count = 13;
constexpr std::chrono::milliseconds kBetweenTries{1};

void make_folder(const std::filesystem::path& folder) {
  std::error_code error;
  if (std::filesystem::create_directories(folder, error)) {
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all, error);
  }
  if (error) throw SqliteError(SQLITE_CANTOPEN, folder.string() + ": " + error.message());
}

// Returns true if it has created the file. It never opens an existing file, since closing that file
// would release the locks that another connection of this process has on it.
bool make_file(const std::filesystem::path& file) {
  using std::filesystem::perms;
  require_regular_file(file);
  std::error_code error;
  const bool made = !std::filesystem::exists(file, error) && platform::create_file(file);
  // SQLite creates the -wal and -shm files with the same permissions.
  std::filesystem::permissions(file, perms::owner_read | perms::owner_write, error);
  return made;
}

// Brings a new file, or a file of an older version, to the current schema.
void bring_up_to_date(Database& database) {
  Transaction transaction(database, Transaction::Kind::writing);
  // Another process may have brought the file up to date meanwhile.
  const int version = schema_version(database);
  if (version == 0) database.execute(kTables);
  if (version < kRulesSince_version) database.execute(kTables_of_rules);
  if (version < kHellosSince_version) database.execute(kTables_of_hellos);
  if (version < kStartsSince_version) database.execute(kTables_of_starts);
  if (version < kMinutesSince_version) database.execute(kTables_of_minutes);
  if (version < kTurnsSince_version) database.execute(kTables_of_turns);
  if (version < kCardFramesDateSince_version) database.execute(kCardFramesDate_of_hellos);
  if (version < kHiddenSitesSince_version) database.execute(kHiddenSites_of_hellos);
  if (version < kSchema_version) mark(database);
  transaction.commit();
}

void set_up(Database& database) {
  const int version = schema_version(database);
  // A transaction must not wait for the disk: see disk_sync.hpp. The cache is small, because this
  // connection stays open all day. (It is set here and not for every connection, because that would
  // make each short one read the schema.)
  database.execute("PRAGMA synchronous = OFF; PRAGMA journal_mode = WAL; PRAGMA cache_size = -64;");
  if (version < kSchema_version) bring_up_to_date(database);
  if (database.number(
          "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name IN "
          "('host', 'lease', 'flight', 'debt', 'entry', 'proof', 'left_muted', 'question', "
          "'rule_record', 'unruled', 'hello', 'machine_start', 'minute')") != kTable_count) {
    throw SqliteError(SQLITE_CORRUPT, "tables are missing");
  }
}

// Two processes that create the same file can collide in a step that ignores SQLite's busy timeout.
// So the step is repeated.
void set_up_patiently(Database& database, int busy_ms) {
  const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(busy_ms);
  while (true) {
    try {
      set_up(database);
      return;
    } catch (const SqliteError& error) {
      if (error.code() != SQLITE_BUSY || std::chrono::steady_clock::now() >= until) throw;
    }
    std::this_thread::sleep_for(kBetweenTries);
  }
}

void check_thoroughly(Database& database) {
  auto check = database.query("PRAGMA quick_check(1)");
  if (!check.step() || check.text(0) != "ok") {
    throw SqliteError(SQLITE_CORRUPT, "the file is damaged");
  }
}

// Returns a text such as "20261121T100000Z".
std::string stamp_of(UtcTime utc) {
  std::string stamp = format_utc(utc);
  stamp.resize(stamp.find('.'));
  std::erase_if(stamp, [](char c) { return c == '-' || c == ':'; });
  return stamp + "Z";
}

void set_aside(const Opening& opening) {
  const std::string prefix = opening.file.filename().string() + ".damaged-";
  std::error_code error;
  int there = 0;
  for (const auto& entry : std::filesystem::directory_iterator(opening.file.parent_path(), error)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with(prefix) && name.ends_with("Z")) ++there;
  }
  const std::filesystem::path aside = opening.file.parent_path() / (prefix + stamp_of(opening.utc));
  if (there >= kMaxSetAside_files || std::filesystem::exists(aside, error)) {
    throw SqliteError(SQLITE_CORRUPT, "the file is damaged, and too many were set aside already");
  }
  std::filesystem::rename(opening.file, aside, error);
  if (error && platform::open_files_can_be_renamed()) {
    throw SqliteError(SQLITE_CORRUPT, "the file is damaged: " + error.message());
  }
  if (error) {
    ask_to_close(opening.file);
    // Not SQLITE_CORRUPT, so that this process tries again soon.
    throw SqliteError(SQLITE_BUSY,
                      "the file is damaged and cannot be set aside (" + error.message() +
                          "); other processes that have it open are asked to close it");
  }
  for (const char* beside : {"-wal", "-shm"}) {
    std::filesystem::rename(opening.file.string() + beside, aside.string() + beside, error);
  }
  withdraw_close_request(opening.file);
}

Opened open_once(const Opening& opening) {
  make_folder(opening.file.parent_path());
  Opened opened;
  opened.made = make_file(opening.file);
  opened.database = std::make_unique<Database>(opening.file.string(), SQLITE_OPEN_READWRITE,
                                               opening.vfs, opening.busy_ms);
  set_up_patiently(*opened.database, opening.busy_ms);
  if (opening.suspect) {
    check_thoroughly(*opened.database);
    withdraw_close_request(opening.file);
  }
  return opened;
}

}  // namespace

int schema_version(Database& database) {
  const auto version = database.number("PRAGMA user_version").value_or(0);
  if (version > kSchema_version) {
    throw SqliteError(SQLITE_MISMATCH, "it was written by a newer version of this program (" +
                                           std::to_string(version) + "; this one knows " +
                                           std::to_string(kSchema_version) + "). Update the host");
  }
  return static_cast<int>(version);
}

void mark(Database& database) {
  // Throws if a newer version of the host has upgraded the file meanwhile, since the newer version
  // number must not be overwritten.
  static_cast<void>(schema_version(database));
  database.execute(kMark);
}

Opened open_store(const Opening& opening) {
  try {
    return open_once(opening);
  } catch (const SqliteError& error) {
    if (!error.damage()) throw;
  }
  set_aside(opening);
  Opened opened = open_once(opening);
  opened.set_aside = true;
  return opened;
}

}  // namespace cardmute::store
