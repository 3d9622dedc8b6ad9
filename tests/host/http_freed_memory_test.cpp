// Tests that memory that libcurl frees is overwritten, because requests in it contain secrets.
#include <gtest/gtest.h>

#ifdef __linux__
#include <fcntl.h>
#include <unistd.h>

#include <string>

#include "http/curl_handles.hpp"

namespace cardmute::http {
namespace {

// Reads this process's memory through /proc. Reading freed memory directly is undefined behaviour.
std::string memory_at(const void* address, std::size_t size) {
  std::string bytes(size, '?');
  const int memory = open("/proc/self/mem", O_RDONLY | O_CLOEXEC);
  const auto read = pread(memory, bytes.data(), size,
                          static_cast<off_t>(reinterpret_cast<std::uintptr_t>(address)));
  close(memory);
  bytes.resize(read < 0 ? 0 : static_cast<std::size_t>(read));
  return bytes;
}

TEST(FreedMemoryOfLibcurl, HoldsNothingOfWhatItHeld) {
  constexpr std::size_t kSize = 4000;
  // malloc() writes its own data over the beginning of freed memory.
  constexpr std::size_t kBeginning = 64;
  start_curl();
  const Easy easy(curl_easy_init());
  char* text = curl_easy_escape(easy.get(), std::string(kSize, 's').c_str(), kSize);
  ASSERT_NE(text, nullptr);
  ASSERT_EQ(memory_at(text, kSize), std::string(kSize, 's'));
  curl_free(text);
  const std::string after = memory_at(text, kSize);
  EXPECT_EQ(after.size(), kSize);
  EXPECT_EQ(after.find('s', kBeginning), std::string::npos);
}

}  // namespace
}  // namespace cardmute::http
#endif
