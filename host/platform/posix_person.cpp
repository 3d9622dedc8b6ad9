#include <unistd.h>

#include <array>

#include "platform/person.hpp"
#include "platform/posix_user_entry.hpp"

namespace cardmute::platform {

std::optional<std::string> login_name() {
  const auto entry = user_entry_within(kUserDatabase_ms, geteuid());
  if (!entry) return std::nullopt;
  return *entry ? (*entry)->login : "";
}

std::string machine_name() {
  constexpr std::size_t kMaxName_bytes = 256;
  std::array<char, kMaxName_bytes> name{};
  if (gethostname(name.data(), name.size() - 1) != 0) return "";
  return name.data();
}

}  // namespace cardmute::platform
