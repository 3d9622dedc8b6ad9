// A lock that one process of this machine holds at a time. It is released when the process ends,
// even by a crash.
#pragma once

#include <filesystem>

namespace cardmute::platform {

// Whether a file that another process has open can be renamed.
bool open_files_can_be_renamed();

class FileLock {
 public:
  // Does not lock yet. try_lock() creates the file if it is missing and sets the time of its last
  // change, so that its age tells when it was last used.
  explicit FileLock(std::filesystem::path file) : file_(std::move(file)) {}
  ~FileLock();
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;

  enum class Got { lock, held_by_another, no_file };
  Got try_lock();
  void unlock();

 private:
  std::filesystem::path file_;
  int descriptor_ = -1;
};

}  // namespace cardmute::platform
