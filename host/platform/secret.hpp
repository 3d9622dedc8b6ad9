// Memory that is overwritten before it is freed.
#pragma once

#include <cstddef>
#include <string>
#include <utility>

namespace cardmute::platform {

// Overwrites `size` bytes with zeros. The compiler cannot remove this call.
void wipe(void* memory, std::size_t size);
// Overwrites the text and its spare capacity, and makes it empty.
void wipe(std::string& text);

// How many bytes can be used of the memory that malloc() has returned.
std::size_t size_of_allocated(void* memory);

// A string that is wiped when it is moved from, assigned to or destroyed.
class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string value) : value_(std::move(value)) {}
  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;
  // Moving a short string copies it, so the source is wiped too.
  Secret(Secret&& other) noexcept {
    value_.swap(other.value_);
    wipe(other.value_);
  }
  Secret& operator=(Secret&& other) noexcept {
    if (this != &other) {
      wipe(value_);
      value_.swap(other.value_);
      wipe(other.value_);
    }
    return *this;
  }
  ~Secret() { wipe(value_); }

  [[nodiscard]] bool empty() const { return value_.empty(); }
  [[nodiscard]] const std::string& value() const { return value_; }
  [[nodiscard]] std::string& value() { return value_; }

 private:
  std::string value_;
};

}  // namespace cardmute::platform
