#ifdef __APPLE__
#include <malloc/malloc.h>
#else
#include <malloc.h>
#endif

#include <cstring>

#include "platform/secret.hpp"

namespace cardmute::platform {

void wipe(void* memory, std::size_t size) {
  std::memset(memory, 0, size);
  // Prevents the compiler from removing the memset. explicit_bzero() does not exist on every
  // system.
  __asm__ __volatile__("" : : "r"(memory) : "memory");
}

std::size_t size_of_allocated(void* memory) {
#ifdef __APPLE__
  return malloc_size(memory);
#else
  return malloc_usable_size(memory);
#endif
}

}  // namespace cardmute::platform
