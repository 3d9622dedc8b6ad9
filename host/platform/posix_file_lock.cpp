#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <utility>

#include "platform/file_lock.hpp"

namespace cardmute::platform {

bool open_files_can_be_renamed() { return true; }

FileLock::~FileLock() { unlock(); }

FileLock::Got FileLock::try_lock() {
  if (descriptor_ < 0) {
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg): open() is what the system has
    descriptor_ = open(file_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
  }
  if (descriptor_ < 0) return Got::no_file;
  futimens(descriptor_, nullptr);
  return flock(descriptor_, LOCK_EX | LOCK_NB) == 0 ? Got::lock : Got::held_by_another;
}

void FileLock::unlock() {
  if (descriptor_ >= 0) close(std::exchange(descriptor_, -1));
}

}  // namespace cardmute::platform
