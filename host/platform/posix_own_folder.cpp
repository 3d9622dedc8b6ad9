#include <fcntl.h>
#include <grp.h>
#include <unistd.h>

#include <cerrno>
#include <stdexcept>
#include <system_error>
#include <utility>

#include "platform/own_folder.hpp"
#include "platform/paths.hpp"
#include "platform/posix_owners.hpp"
#include "platform/posix_path_walk.hpp"
#include "platform/posix_user_entry.hpp"

namespace cardmute::platform {

namespace fs = std::filesystem;

namespace {

bool may(const fs::path& path, int rights) {
  // access() is not used, because it checks the real user, who may not be the effective user.
  return faccessat(AT_FDCWD, path.c_str(), rights, AT_EACCESS) == 0;
}

std::string me() { return user_name(geteuid()); }

// Whether `owner` is trusted with a folder on the path: root, this user, or an owner outside of
// this container (is_from_outside()).
bool is_trusted_owner(uid_t owner) {
  return owner == 0 || owner == geteuid() || is_from_outside(owner);
}

std::string chown_remedy(const fs::path& path) {
  return "sudo chown -R " + me() + ' ' + path.string();
}

// Why other users could replace what is below this step of the path; nullopt if they could not.
std::optional<FolderFlaw> loose_step(const PathWalk& walk) {
  const auto& entry = walk.entry();
  // The owner's name is looked up only if something is wrong, because the look-up may ask a server.
  if (!is_trusted_owner(entry.st_uid)) {
    return FolderFlaw{owner_and_mode(walk.path(), entry) + "; expected: " + me() + " or root",
                      "sudo chown -h " + me() + ' ' + walk.path().string()};
  }
  if (S_ISLNK(entry.st_mode) || is_sticky_folder(entry) || !others_may_write(entry)) {
    return std::nullopt;
  }
  return FolderFlaw{owner_and_mode(walk.path(), entry) +
                        ", so others can change what is in it; expected: mode 0755 or less",
                    "chmod go-w " + walk.path().string()};
}

FolderFlaw no_entry(const PathWalk& walk) {
  const fs::path& path = walk.path();
  const bool own = walk.entry().st_uid == geteuid();
  const bool of_home = is_below(path, home_directory());
  return {owner_and_mode(path, walk.entry()) + ", so " + me() + " cannot enter it",
          own       ? "chmod u+rwx " + path.string()
          : of_home ? chown_remedy(path)
                    : "sudo chmod o+x " + path.string(),
          true};
}

FolderFlaw broken_way(const PathWalk& walk, const fs::path& folder) {
  if (walk.error() == EACCES) return no_entry(walk);
  if (walk.error() == ENOTDIR) {
    return {walk.path().string() + " is no folder", "move it away", true};
  }
  return {folder.string() + " cannot be entered (" + std::generic_category().message(walk.error()) +
              ", at " + walk.path().string() + ")",
          "look at " + walk.path().string(), true};
}

std::optional<FolderFlaw> flaw_of_missing(const PathWalk& walk, const fs::path& folder) {
  if (may(walk.path(), W_OK | X_OK)) return std::nullopt;
  const int why = errno;
  return FolderFlaw{folder.string() + " is missing, and " + me() +
                        " cannot make it: " + owner_and_mode(walk.path(), walk.entry()) +
                        (why == EACCES ? "" : " (" + std::generic_category().message(why) + ")"),
                    "make it: sudo install -d -m 0700 -o " + me() + ' ' + folder.string(), true};
}

std::optional<FolderFlaw> flaw_of_end(const PathWalk& walk) {
  const auto& entry = walk.entry();
  const fs::path& path = walk.path();
  if (!S_ISDIR(entry.st_mode))
    return FolderFlaw{path.string() + " is no folder", "move it away", true};
  if (!may(path, R_OK | W_OK | X_OK)) {
    if (entry.st_uid == geteuid()) {
      return FolderFlaw{owner_and_mode(path, entry) + "; expected: mode 0700",
                        "chmod 0700 " + path.string(), true};
    }
    return FolderFlaw{owner_and_mode(path, entry) + ", so " + me() +
                          (may(path, X_OK) ? " cannot write in it" : " cannot enter it") +
                          "; expected: a folder of " + me() + " with mode 0700",
                      chown_remedy(path), true};
  }
  if (entry.st_uid != geteuid()) {
    return FolderFlaw{owner_and_mode(path, entry) + "; expected: a folder of " + me(),
                      chown_remedy(path)};
  }
  return loose_step(walk);
}

// Finds files that this user cannot use, for example because root has created them.
std::optional<FolderFlaw> flaw_of_files(const fs::path& folder,
                                        const std::vector<std::string>& files) {
  for (const std::string& name : files) {
    const fs::path path = folder / name;
    struct stat entry {};
    if (lstat(path.c_str(), &entry) != 0 || S_ISLNK(entry.st_mode)) continue;
    const int rights = S_ISDIR(entry.st_mode) ? R_OK | W_OK | X_OK : R_OK | W_OK;
    if (may(path, rights)) continue;
    return FolderFlaw{owner_and_mode(path, entry) + ", so " + me() +
                          " cannot write it; expected: " + "a file of " + me(),
                      chown_remedy(folder), true};
  }
  return std::nullopt;
}

}  // namespace

std::optional<FolderFlaw> flaw_of_own_folder(const fs::path& folder,
                                             const std::vector<std::string>& files) {
  PathWalk walk(folder);
  std::optional<FolderFlaw> loose;
  while (walk.next() && !walk.is_end()) {
    if (!loose) loose = loose_step(walk);
  }
  if (walk.error() == ENOENT) {
    auto missing = flaw_of_missing(walk, folder);
    return missing ? missing : loose;
  }
  if (walk.error() != 0) return broken_way(walk, folder);
  if (auto flaw = flaw_of_end(walk)) {
    if (flaw->unusable || !loose) return flaw;
  }
  if (auto flaw = flaw_of_files(walk.path(), files)) return flaw;
  return loose;
}

std::optional<std::string> become_owner_of(const fs::path& folder) {
  if (geteuid() != 0) return std::nullopt;
  PathWalk walk(folder);
  uid_t owner = 0;
  // A folder of root in a user's home, such as ~/.local/state, was left there by an earlier command
  // of root, so it does not count.
  while (walk.next()) {
    const auto& entry = walk.entry();
    const bool is_persons = entry.st_uid != 0 && !is_from_outside(entry.st_uid);
    if (is_persons && !S_ISLNK(entry.st_mode)) owner = entry.st_uid;
  }
  if (owner == 0) return std::nullopt;
  const auto entry = user_entry_within(kUserDatabase_ms, owner).value_or(std::nullopt);
  std::string name = user_name(owner);
  const gid_t group = entry ? entry->group : walk.entry().st_gid;
  const bool groups =
      entry ? initgroups(entry->login.c_str(), group) == 0 : setgroups(1, &group) == 0;
  if (!groups || setgid(group) != 0 || setuid(owner) != 0) {
    throw std::runtime_error(
        "this is root, and " + owner_and_mode(walk.path(), walk.entry()) +
        ". What root makes there would lock that user out. Run it as that user (sudo -u " + name +
        " -H cardmute-host ...), or with root's own home (sudo -H)");
  }
  return name;
}

}  // namespace cardmute::platform
