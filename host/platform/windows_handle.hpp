// Owns a handle of Windows, and closes it. Private to platform/.
#pragma once

#include <windows.h>

#include <utility>

namespace cardmute::platform {

class Handle {
 public:
  explicit Handle(HANDLE handle = nullptr)
      : handle_(handle == INVALID_HANDLE_VALUE ? nullptr : handle) {}
  ~Handle() {
    if (handle_ != nullptr) CloseHandle(handle_);
  }
  Handle(Handle&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
  Handle& operator=(Handle&& other) noexcept {
    std::swap(handle_, other.handle_);
    return *this;
  }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;

  [[nodiscard]] HANDLE get() const { return handle_; }
  explicit operator bool() const { return handle_ != nullptr; }

 private:
  HANDLE handle_;
};

// Handles have 32 significant bits, so the interfaces that all systems share keep them as numbers,
// -1 for none.
inline int number_of(HANDLE handle) {
  return handle == nullptr || handle == INVALID_HANDLE_VALUE
             ? -1
             : static_cast<int>(HandleToLong(handle));
}
inline HANDLE handle_of(int number) { return LongToHandle(number); }
inline void close_number(int number) {
  if (number != -1) CloseHandle(handle_of(number));
}

inline constexpr DWORD kShareAll = FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE;

}  // namespace cardmute::platform
