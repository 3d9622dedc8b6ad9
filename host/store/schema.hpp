// Opens the file, and makes it where it is missing. Anyone in this room who writes may use it.
#pragma once

#include <filesystem>
#include <memory>

#include "protocol/status.hpp"
#include "store/database.hpp"

namespace cardmute::store {

inline constexpr int kSchema_version = 2;  // mark() says it in SQL
// From this version on there are tables about rules.
inline constexpr int kRulesSince_version = 2;
// A file that is damaged is set aside, never deleted; so many, then people have to look.
inline constexpr int kMaxSetAside_files = 5;

struct Opening {
  std::filesystem::path file;
  const char* vfs = nullptr;
  int busy_ms = 0;
  // There was a sign of damage: read the whole file, and set it aside if it is damaged.
  bool suspect = false;
  protocol::UtcTime utc{};  // for the name of what is set aside
};

struct Opened {
  std::unique_ptr<Database> database;
  bool made = false;       // there was none
  bool set_aside = false;  // there was a damaged one
};

// Throws SqliteError.
Opened open_store(const Opening& opening);

// Throws SqliteError for a file of a newer version of this program. 0: nothing is in it yet.
int schema_version(Database& database);

// Writes the version into the file, the same as before: the smallest change there is.
void mark(Database& database);

}  // namespace cardmute::store
