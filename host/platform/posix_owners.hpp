// Says in words who owns a file or folder and who else could change it. Private to platform/.

#include <sys/stat.h>

#include <filesystem>
#include <string>

namespace cardmute::platform {

// Returns "agent", or "user 1000" if the system knows no name.
std::string user_name(uid_t user);
// Returns "PATH belongs to agent and has mode 0755".
std::string owner_and_mode(const std::filesystem::path& path, const struct stat& entry);

// Whether `user` stands for an owner outside of this user namespace (container), who has no number
// in it. Nobody inside can act as that owner.
bool is_from_outside(uid_t user);

// Whether others than the owner may write the entry: everyone, or a group. Two groups do not count:
// root's, and the group that many systems make for each user alone.
bool others_may_write(const struct stat& entry);
// Whether the entry is a folder in which a user may remove only files of his own (/tmp).
bool is_sticky_folder(const struct stat& entry);

}  // namespace cardmute::platform
