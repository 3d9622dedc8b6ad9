#include <malloc.h>
#include <windows.h>

#include "platform/secret.hpp"

namespace cardmute::platform {

void wipe(void* memory, std::size_t size) { SecureZeroMemory(memory, size); }

std::size_t size_of_allocated(void* memory) { return _msize(memory); }

}  // namespace cardmute::platform
