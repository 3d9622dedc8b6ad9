// Who owns an entry of the file system, and who else could change it, in words. For platform/ only.
#pragma once

#include <sys/stat.h>

#include <filesystem>
#include <string>

namespace cardmute::platform {

// "agent", or "user 1000" where the system knows no name.
std::string user_name(uid_t user);
// "PATH belongs to agent and has mode 0755".
std::string owner_and_mode(const std::filesystem::path& path, const struct stat& entry);

// In a namespace of users (a container): an owner from outside, who has no number here. Nobody
// inside can act as that owner.
bool is_from_outside(uid_t user);

// Whether others than the owner may write it: everyone, or a group. The group of root does not
// count, and neither does the group that many systems give each user alone.
bool others_may_write(const struct stat& entry);
// A folder in which each may remove only what is his own (/tmp).
bool is_sticky_folder(const struct stat& entry);

}  // namespace cardmute::platform
