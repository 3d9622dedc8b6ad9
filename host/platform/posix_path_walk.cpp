#include "platform/posix_path_walk.hpp"

#include <fcntl.h>

#include <array>
#include <cerrno>
#include <climits>

namespace cardmute::platform {

namespace fs = std::filesystem;

namespace {

// The most links that are followed; Linux itself follows as many, path_resolution(7).
constexpr int kMaxLinks = 40;
// A folder is opened only to go on from it, which needs no right to read it.
#ifdef O_PATH
constexpr int kPass = O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
#else
constexpr int kPass = O_SEARCH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
#endif
// O_NONBLOCK: if a pipe has replaced the file, opening it must not wait for a writer.
constexpr int kRead = O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC;

int open_at(int folder, const char* name, int flags) {
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg): openat() is what the system has
  return openat(folder, name, flags);
}

std::deque<std::string> parts_of(const fs::path& path) {
  std::deque<std::string> parts;
  for (const fs::path& part : path.relative_path()) {
    if (!part.empty() && part != ".") parts.push_back(part.string());
  }
  return parts;
}

}  // namespace

PathWalk::PathWalk(const fs::path& path) {
  std::error_code ignored;  // if the current folder is gone, the path starts at "/"
  left_ = parts_of(path.is_absolute() ? path : fs::absolute(path, ignored));
}

bool PathWalk::fail() {
  error_ = errno;
  return false;
}

bool PathWalk::open_root() {
  opened_ = Descriptor(open_at(AT_FDCWD, "/", kPass));
  at_ = "/";
  return opened_.number() >= 0 || fail();
}

bool PathWalk::follow(const std::string& name) {
  std::array<char, PATH_MAX> target{};
  const ssize_t size = readlinkat(opened_.number(), name.c_str(), target.data(), target.size());
  if (size < 0) return fail();
  if (++links_ > kMaxLinks) {
    errno = ELOOP;
    return fail();
  }
  const fs::path end(std::string(target.data(), static_cast<std::size_t>(size)));
  const auto parts = parts_of(end);
  left_.insert(left_.begin(), parts.begin(), parts.end());
  return !end.is_absolute() || open_root();
}

bool PathWalk::enter(const std::string& name) {
  const bool folder = S_ISDIR(entry_.st_mode);
  if (!folder && !left_.empty()) {
    errno = ENOTDIR;
    return fail();
  }
  // Devices and pipes are not opened, because opening alone can have effects.
  if (!folder && !S_ISREG(entry_.st_mode)) {
    opened_ = Descriptor();
    return true;
  }
  Descriptor next(open_at(opened_.number(), name.c_str(), folder ? kPass : kRead));
  if (next.number() < 0 || fstat(next.number(), &entry_) != 0) return fail();
  opened_ = std::move(next);
  at_ = path_;
  return true;
}

bool PathWalk::next() {
  if (error_ != 0) return false;
  if (at_.empty()) {
    path_ = "/";
    return open_root() && (fstat(opened_.number(), &entry_) == 0 || fail());
  }
  if (left_.empty()) return false;
  const std::string name = left_.front();
  left_.pop_front();
  struct stat found {};
  if (fstatat(opened_.number(), name.c_str(), &found, AT_SYMLINK_NOFOLLOW) != 0) {
    static_cast<void>(fail());
    path_ = at_;
    fstat(opened_.number(), &entry_);
    return false;
  }
  path_ = name == ".." ? at_.parent_path() : at_ / name;
  entry_ = found;
  return S_ISLNK(found.st_mode) ? follow(name) : enter(name);
}

}  // namespace cardmute::platform
