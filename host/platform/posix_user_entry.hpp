// What the system's user database says about a user. Private to platform/.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>

namespace cardmute::platform {

struct UserEntry {
  std::string login;
  std::string home;
  gid_t group = 0;
};

// Returns nullopt if the database has no such user. The database may be a directory service, which
// may be slow or not answer.
std::optional<UserEntry> user_entry(uid_t user);

// How long to wait for the user database where a decision depends on its answer.
inline constexpr int kUserDatabase_ms = 2000;
// How long to wait for the user database where a message only shows a user's name.
inline constexpr int kUserName_ms = 200;

// Returns what user_entry() returns. The outer optional is nullopt if the database does not answer
// within `at_most_ms`, or if the system has no thread left. The time is measured from the start of
// the query. While a query for a user is not answered, no second one is sent for that user, so
// later calls do not wait for long again.
std::optional<std::optional<UserEntry>> user_entry_within(int at_most_ms, uid_t user);

}  // namespace cardmute::platform
