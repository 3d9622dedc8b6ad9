// A lock that one process of this machine holds at a time, and that ends with it, however it ends.
#pragma once

#include <filesystem>

namespace cardmute::platform {

class FileLock {
 public:
  // Nothing is locked yet. The file is made where it is missing, and never removed.
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
