// A lock that only one process of this machine can hold at a time. The system releases it when the
// process ends, even by a crash.
#pragma once

#include <filesystem>

namespace cardmute::platform {

// Whether a file can be renamed while another process has it open.
bool open_files_can_be_renamed();

class FileLock {
 public:
  // Does not lock yet. try_lock() creates the file if it is missing. It sets the file's
  // modification time even if another process has the lock, so this time shows when the lock was
  // last wanted.
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
