// Says in words who owns a file or folder and who else could change it. Private to platform/.
#pragma once

#include <sys/stat.h>

#include <filesystem>
#include <string>

namespace cardmute::platform {

// Returns the user's name, such as "agent", or "user 1000" if the system has no name for it.
std::string user_name(uid_t user);
// Returns a text such as "PATH belongs to agent and has mode 0755".
std::string owner_and_mode(const std::filesystem::path& path, const struct stat& entry);

// Whether `user` stands for an owner outside of this user namespace (container), who has no UID
// in it. Nobody inside can act as that owner.
bool is_from_outside(uid_t user);

// Whether users other than the owner may write the entry: everyone, or a group. Two groups do not
// count: root's, and the group of this process if its GID equals the UID, because many
// systems give each user a group of his own.
bool others_may_write(const struct stat& entry);
// Whether others may read the file, or enter the folder. Two groups do not count, as for
// others_may_write().
bool others_may_read(const struct stat& entry);
bool others_may_enter(const struct stat& entry);
// Whether `path` is `folder` or is in it. Neither path may contain links.
bool is_below(const std::filesystem::path& path, const std::filesystem::path& folder);
// Whether the entry is a folder in which each user may remove only his own files (/tmp).
bool is_sticky_folder(const struct stat& entry);

}  // namespace cardmute::platform
