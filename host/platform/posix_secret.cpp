#include <cstring>

#include "platform/secret.hpp"

namespace cardmute::platform {

void wipe(void* memory, std::size_t size) {
  std::memset(memory, 0, size);
  // Keeps the compiler from removing the memset. explicit_bzero() does not exist everywhere.
  __asm__ __volatile__("" : : "r"(memory) : "memory");
}

void wipe(std::string& text) {
  text.resize(text.capacity());
  wipe(text.data(), text.size());
  text.clear();
}

}  // namespace cardmute::platform
