#include <fcntl.h>

#include <array>
#include <cerrno>
#include <sstream>
#include <system_error>

#include "platform/posix_owners.hpp"
#include "platform/posix_path_walk.hpp"
#include "platform/trusted_file.hpp"

namespace cardmute::platform {

namespace fs = std::filesystem;

namespace {

constexpr uid_t kRoot = 0;

std::string error_text(int error) { return std::generic_category().message(error); }

// Why others than root could change what `walk` has reached; nullopt if they could not.
std::optional<std::string> unsafe_step(const PathWalk& walk) {
  const auto& entry = walk.entry();
  const std::string path = walk.path().string();
  const bool from_outside = S_ISDIR(entry.st_mode) && is_from_outside(entry.st_uid);
  if (entry.st_uid != kRoot && !from_outside) {
    return owner_and_mode(path, entry) + "; expected: root; do: sudo chown -h root " + path;
  }
  // A link's own mode means nothing.
  if (S_ISLNK(entry.st_mode) || is_sticky_folder(entry)) return std::nullopt;
  if ((entry.st_mode & (S_IWGRP | S_IWOTH)) != 0) {
    return owner_and_mode(path, entry) +
           ", so others than root can write it; do: sudo chmod go-w " + path;
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
std::optional<std::string> walk_safely(PathWalk& walk, const fs::path& file) {
  while (walk.next()) {
    if (auto unsafe = unsafe_step(walk)) return unsafe;
  }
  return unsafe_error(walk, file);
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
  if (auto unsafe = walk_safely(walk, file)) {
    result.unsafe = std::move(*unsafe);
  } else {
    read_entry(walk.descriptor(), walk.entry(), maximum_bytes, result);
  }
  return result;
}

FileText read_of_anybody(const fs::path& file, std::size_t maximum_bytes) {
  FileText result;
  // Opening a pipe would wait for a writer, and opening a device may have effects.
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg): open() is what the system has
  const Descriptor opened(open(file.c_str(), O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
  struct stat entry {};
  if (opened.number() < 0 || fstat(opened.number(), &entry) != 0) {
    result.flaw = "cannot be read (" + error_text(errno) + ")";
    return result;
  }
  read_entry(opened.number(), entry, maximum_bytes, result);
  const bool foreign = entry.st_uid != kRoot && entry.st_uid != geteuid();
  if (foreign && !is_from_outside(entry.st_uid)) {
    result.unsafe = owner_and_mode(file, entry) + "; expected: " + user_name(geteuid()) +
                    " or root; do: sudo chown " + user_name(geteuid()) + ' ' + file.string();
  } else if (others_may_write(entry)) {
    result.unsafe = owner_and_mode(file, entry) + ", so other users can write it; do: chmod go-w " +
                    file.string();
  }
  return result;
}

}  // namespace

FileText read_file(const fs::path& file, std::size_t maximum_bytes, Writers writers) {
  return writers == Writers::root ? read_of_root(file, maximum_bytes)
                                  : read_of_anybody(file, maximum_bytes);
}

std::optional<std::string> writable_by_others(const fs::path& file) {
  PathWalk walk(file);
  return walk_safely(walk, file);
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
