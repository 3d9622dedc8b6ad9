#include <windows.h>

#include <utility>

#include "platform/file_lock.hpp"
#include "platform/windows_handle.hpp"

namespace cardmute::platform {

namespace {

void set_time_of_change(const std::filesystem::path& file) {
  // Windows gives the right to change a file's times even if another process has opened the file
  // without sharing it.
  const Handle opened(CreateFileW(file.c_str(), FILE_WRITE_ATTRIBUTES, kShareAll, nullptr,
                                  OPEN_EXISTING, 0, nullptr));
  FILETIME now{};
  GetSystemTimeAsFileTime(&now);
  if (opened) SetFileTime(opened.get(), nullptr, nullptr, &now);
}

}  // namespace

bool open_files_can_be_renamed() { return false; }

FileLock::~FileLock() { unlock(); }

// The lock is the file itself, opened without sharing it.
FileLock::Got FileLock::try_lock() {
  if (descriptor_ == -1) {
    descriptor_ = number_of(CreateFileW(file_.c_str(), GENERIC_READ | GENERIC_WRITE, 0, nullptr,
                                        OPEN_ALWAYS, FILE_ATTRIBUTE_NORMAL, nullptr));
  }
  const bool held = descriptor_ == -1 && GetLastError() == ERROR_SHARING_VIOLATION;
  if (descriptor_ == -1 && !held) return Got::no_file;
  set_time_of_change(file_);
  return held ? Got::held_by_another : Got::lock;
}

void FileLock::unlock() { close_number(std::exchange(descriptor_, -1)); }

}  // namespace cardmute::platform
