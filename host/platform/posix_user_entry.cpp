#include "platform/posix_user_entry.hpp"

#include <pwd.h>

#include <cerrno>
#include <vector>

namespace cardmute::platform {

namespace {

std::string text_of(const char* text) { return text == nullptr ? "" : text; }

}  // namespace

std::optional<UserEntry> user_entry(uid_t user) {
  constexpr std::size_t kUsual_bytes = std::size_t{16} * 1024;
  constexpr std::size_t kMost_bytes = std::size_t{1024} * 1024;
  std::vector<char> memory(kUsual_bytes);
  passwd entry{};
  passwd* found = nullptr;
  while (getpwuid_r(user, &entry, memory.data(), memory.size(), &found) == ERANGE &&
         memory.size() < kMost_bytes) {
    memory.resize(memory.size() * 2);
  }
  if (found == nullptr) return std::nullopt;
  return UserEntry{text_of(entry.pw_name), text_of(entry.pw_dir), entry.pw_gid};
}

}  // namespace cardmute::platform
