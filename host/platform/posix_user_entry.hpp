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

}  // namespace cardmute::platform
