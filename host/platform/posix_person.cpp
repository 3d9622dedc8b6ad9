#include <pwd.h>
#include <unistd.h>

#include <array>
#include <vector>

#include "platform/person.hpp"

namespace cardmute::platform {

std::string login_name() {
  constexpr std::size_t kEntry_bytes = std::size_t{16} * 1024;
  std::vector<char> memory(kEntry_bytes);
  passwd entry{};
  passwd* found = nullptr;
  if (getpwuid_r(geteuid(), &entry, memory.data(), memory.size(), &found) != 0) return "";
  return found == nullptr || found->pw_name == nullptr ? "" : found->pw_name;
}

std::string machine_name() {
  constexpr std::size_t kMaxName_bytes = 256;
  std::array<char, kMaxName_bytes> name{};
  if (gethostname(name.data(), name.size() - 1) != 0) return "";
  return name.data();
}

}  // namespace cardmute::platform
