// Opens the store's file, and creates it if it is missing. Private to store/.
#pragma once

#include <filesystem>
#include <memory>

#include "base/utc_time.hpp"
#include "store/database.hpp"

namespace cardmute::store {

inline constexpr int kSchema_version = 5;  // mark() has the same number in its SQL
// The version that added the tables about rules.
inline constexpr int kRulesSince_version = 2;
// The version that added the table of hellos.
inline constexpr int kHellosSince_version = 3;
// The version that added the boots of machines.
inline constexpr int kStartsSince_version = 3;
// The version that added the table of the minutes in which a host ran.
inline constexpr int kMinutesSince_version = 3;
// The version since which a turn to request the active calls lasts until the answer.
inline constexpr int kTurnsSince_version = 3;
// The version that added the date of an extension's list of payment providers to the hellos.
inline constexpr int kCardFramesDateSince_version = 4;
// The version that added the number of hidden sites (BrowserHello::hidden_sites).
inline constexpr int kHiddenSitesSince_version = 5;
// A damaged file is renamed, never deleted. If this many renamed files exist, opening fails, and a
// person must act.
inline constexpr int kMaxSetAside_files = 5;

struct Opening {
  std::filesystem::path file;
  const char* vfs = nullptr;
  int busy_ms = 0;
  // A sign of damage was seen, so the whole file must be checked. A damaged file is set aside.
  bool suspect = false;
  UtcTime utc{};  // the time that is put into the name of a file that is set aside
};

struct Opened {
  std::unique_ptr<Database> database;
  bool made = false;       // the file was missing and has been created
  bool set_aside = false;  // the file was damaged and has been set aside
};

// Opens the file. A damaged file is set aside, and a new one is created. Throws SqliteError.
Opened open_store(const Opening& opening);

// The version of the file; 0 if it is empty. Throws SqliteError if a newer version of this program
// has written it.
int schema_version(Database& database);

// Writes the version number of this program; if the file has it already, this is the smallest
// possible change of the file. Throws SqliteError if a newer version has written the file.
void mark(Database& database);

}  // namespace cardmute::store
