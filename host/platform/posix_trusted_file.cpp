#include <fcntl.h>

#include <algorithm>
#include <cerrno>
#include <sstream>
#include <system_error>
#include <vector>

#include "platform/posix_owners.hpp"
#include "platform/posix_path_walk.hpp"
#include "platform/trusted_file.hpp"

namespace cardmute::platform {

namespace fs = std::filesystem;

namespace {

constexpr uid_t kRoot = 0;

std::string error_text(int error) { return std::generic_category().message(error); }

// Why users other than root could change what `walk` has reached; nullopt if they could not.
std::optional<std::string> unsafe_for_root(const PathWalk& walk) {
  const auto& entry = walk.entry();
  const std::string path = walk.path().string();
  const bool from_outside = S_ISDIR(entry.st_mode) && is_from_outside(entry.st_uid);
  if (entry.st_uid != kRoot && !from_outside) {
    return owner_and_mode(path, entry) + "; expected: root; do: sudo chown -h root " + path;
  }
  // The mode of a link has no meaning.
  if (S_ISLNK(entry.st_mode) || is_sticky_folder(entry)) return std::nullopt;
  if ((entry.st_mode & (S_IWGRP | S_IWOTH)) != 0) {
    return owner_and_mode(path, entry) +
           ", so others than root can write it; do: sudo chmod go-w " + path;
  }
  return std::nullopt;
}

// Why users other than this one and root could change what `walk` has reached; nullopt if they
// could not.
std::optional<std::string> unsafe_for_user(const PathWalk& walk) {
  const auto& entry = walk.entry();
  const std::string path = walk.path().string();
  const bool foreign = entry.st_uid != kRoot && entry.st_uid != geteuid();
  if (foreign && !is_from_outside(entry.st_uid)) {
    const std::string me = user_name(geteuid());
    return owner_and_mode(path, entry) + "; expected: " + me +
           (geteuid() == kRoot ? "" : " or root") + "; do: sudo chown -h " + me + ' ' + path;
  }
  if (S_ISLNK(entry.st_mode) || is_sticky_folder(entry)) return std::nullopt;
  if (others_may_write(entry)) {
    return owner_and_mode(path, entry) + ", so other users can write it; do: chmod go-w " + path;
  }
  return std::nullopt;
}

std::optional<std::string> unsafe_error(const PathWalk& walk, const fs::path& file) {
  if (walk.error() == 0) return std::nullopt;
  if (walk.error() == EACCES && S_ISDIR(walk.entry().st_mode)) {
    return file.string() + " cannot be examined: " + owner_and_mode(walk.path(), walk.entry()) +
           ", so this user cannot enter it; do: sudo chmod a+rx " + walk.path().string();
  }
  return file.string() + " cannot be examined (" + error_text(walk.error()) + ")";
}

// Goes to the end of the path. Returns what is unsafe on it; nullopt if nothing is.
std::optional<std::string> walk_safely(PathWalk& walk, const fs::path& file, Owner owner) {
  while (walk.next()) {
    auto unsafe = owner == Owner::root ? unsafe_for_root(walk) : unsafe_for_user(walk);
    if (unsafe) return unsafe;
  }
  return unsafe_error(walk, file);
}

// Goes to the end of the path. Returns whether other users may enter every folder of the real path,
// without links.
bool walk_is_open(PathWalk& walk) {
  std::vector<fs::path> closed;
  while (walk.next()) {
    if (S_ISDIR(walk.entry().st_mode) && !others_may_enter(walk.entry())) {
      closed.push_back(walk.path());
    }
  }
  return std::ranges::none_of(
      closed, [&](const fs::path& folder) { return is_below(walk.path(), folder); });
}

void read_all(int descriptor, std::size_t maximum_bytes, FileText& result) {
  std::string text(maximum_bytes, '\0');
  std::size_t size = 0;
  while (size < maximum_bytes) {
    const ssize_t count = read(descriptor, text.data() + size, maximum_bytes - size);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) {
      result.flaw = "cannot be read (" + error_text(errno) + ")";
      return;
    }
    if (count == 0) break;
    size += static_cast<std::size_t>(count);
  }
  text.resize(size);
  result.text = std::move(text);
}

void read_entry(int descriptor, const struct stat& entry, std::size_t maximum_bytes,
                FileText& result) {
  if (S_ISREG(entry.st_mode)) {
    read_all(descriptor, maximum_bytes, result);
  } else {
    result.flaw = S_ISDIR(entry.st_mode) ? "a folder" : "a device or pipe";
  }
}

FileText read_of_root(const fs::path& file, std::size_t maximum_bytes) {
  FileText result;
  PathWalk walk(file);
  if (auto unsafe = walk_safely(walk, file, Owner::root)) {
    result.unsafe = std::move(*unsafe);
  } else {
    read_entry(walk.descriptor(), walk.entry(), maximum_bytes, result);
  }
  return result;
}

FileText read_of_anybody(const fs::path& file, std::size_t maximum_bytes) {
  FileText result;
  PathWalk walk(file);
  while (walk.next()) {
    if (result.unsafe.empty()) result.unsafe = unsafe_for_user(walk).value_or("");
  }
  if (walk.error() != 0) {
    result.flaw = "cannot be read (" + error_text(walk.error()) + ")";
  } else {
    read_entry(walk.descriptor(), walk.entry(), maximum_bytes, result);
  }
  return result;
}

}  // namespace

FileText read_file(const fs::path& file, std::size_t maximum_bytes, Writers writers) {
  return writers == Writers::root ? read_of_root(file, maximum_bytes)
                                  : read_of_anybody(file, maximum_bytes);
}

std::optional<std::string> writable_by_others(const fs::path& file, Owner owner) {
  PathWalk walk(file);
  return walk_safely(walk, file, owner);
}

std::optional<std::string> readable_by_others(const fs::path& file, Owner owner) {
  PathWalk walk(file);
  const bool open = walk_is_open(walk);
  const auto& entry = walk.entry();
  if (!open || walk.error() != 0) return std::nullopt;
  const std::string path = walk.path().string();
  // A file of root that this user reads can be meant for a group.
  if (owner == Owner::root || entry.st_uid != geteuid()) {
    if ((entry.st_mode & S_IROTH) == 0) return std::nullopt;
    return owner_and_mode(path, entry) +
           ", so every user can read it; do, with the agents' GROUP: sudo chgrp GROUP " + path +
           " && sudo chmod 0640 " + path;
  }
  if (!others_may_read(entry)) return std::nullopt;
  return owner_and_mode(path, entry) + ", so other users can read it; do: chmod 600 " + path;
}

bool is_link(const fs::path& path) {
  std::error_code error;
  return fs::is_symlink(path, error);
}

std::string way_stamp(const fs::path& file) {
  PathWalk walk(file);
  std::ostringstream stamp;
  while (walk.next()) {
    const auto& entry = walk.entry();
    stamp << entry.st_dev << ':' << entry.st_ino << ':' << entry.st_uid << ':' << entry.st_mode
          << '|';
  }
  stamp << walk.error();
  return stamp.str();
}

}  // namespace cardmute::platform
