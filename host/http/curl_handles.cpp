#include "http/curl_handles.hpp"

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <cstring>

#include "platform/secret.hpp"

namespace cardmute::http {

namespace {

// libcurl copies what it sends into its own buffers, including secrets. This function wipes
// each buffer when libcurl frees it.
void wiped_free(void* memory) {
  if (memory == nullptr) return;
  platform::wipe(memory, platform::size_of_allocated(memory));
  std::free(memory);  // NOLINT(cppcoreguidelines-no-malloc): libcurl got it from malloc
}

void* wiped_realloc(void* memory, std::size_t size) {
  if (memory == nullptr) return std::malloc(size);  // NOLINT(cppcoreguidelines-no-malloc)
  const std::size_t before = platform::size_of_allocated(memory);
  if (size != 0 && size <= before) return memory;
  void* moved = std::malloc(size);  // NOLINT(cppcoreguidelines-no-malloc)
  if (moved == nullptr) return nullptr;
  std::memcpy(moved, memory, std::min(before, size));
  wiped_free(memory);
  return moved;
}

char* duplicate(const char* text) { return strdup(text); }

}  // namespace

void start_curl() {
  static const CURLcode started = [] {
#ifdef SIGPIPE
    // OpenSSL writes to sockets without MSG_NOSIGNAL, and a server that closes the connection must
    // not end this process. (libcurl would guard each call by changing the signal handler, which is
    // not safe with other threads.)
    static_cast<void>(std::signal(SIGPIPE, SIG_IGN));
#endif
    return curl_global_init_mem(CURL_GLOBAL_DEFAULT, std::malloc, wiped_free, wiped_realloc,
                                duplicate, std::calloc);
  }();
  if (started != CURLE_OK) throw std::runtime_error("libcurl did not start");
}

}  // namespace cardmute::http
