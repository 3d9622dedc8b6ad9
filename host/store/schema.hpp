// Opens the store's file. Creates it if it is missing, and replaces it if it is damaged. Private to
// store/.
#pragma once

#include <filesystem>
#include <memory>

#include "base/utc_time.hpp"
#include "store/database.hpp"

namespace cardmute::store {

inline constexpr int kSchema_version = 5;  // mark() has the same number in its SQL
// The versions that added tables and columns; schema.cpp describes them.
inline constexpr int kRulesSince_version = 2;
inline constexpr int kHellosSince_version = 3;
inline constexpr int kStartsSince_version = 3;
inline constexpr int kMinutesSince_version = 3;
inline constexpr int kTurnsSince_version = 3;
inline constexpr int kCardFramesDateSince_version = 4;
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

// Opens the file. If it is damaged, sets it aside and opens a new one. Throws SqliteError.
Opened open_store(const Opening& opening);

// The version of the file; 0 if it is empty. Throws SqliteError if a newer version of this program
// has written it.
int schema_version(Database& database);

// Writes the version number of this program; if the file has it already, this is the smallest
// possible change of the file. Throws SqliteError if a newer version has written the file.
void mark(Database& database);

}  // namespace cardmute::store
