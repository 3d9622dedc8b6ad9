#include "platform/posix_owners.hpp"

#include <unistd.h>

#include <array>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <limits>
#include <optional>

#include "platform/posix_user_entry.hpp"

namespace cardmute::platform {

namespace {

constexpr mode_t kModeBits = 07777;

// The UID that stands for all owners outside of this process's user namespace,
// user_namespaces(7); nullopt if this process is in no such namespace.
std::optional<uid_t> outside_owner() {
#ifdef __linux__
  std::ifstream map("/proc/self/uid_map");
  std::int64_t inside = 0;
  std::int64_t outside = 0;
  std::int64_t count = 0;
  map >> inside >> outside >> count;
  if (!map || count == std::numeric_limits<std::uint32_t>::max()) return std::nullopt;
  std::ifstream file("/proc/sys/fs/overflowuid");
  uid_t number = 0;
  if (file >> number) return number;
#endif
  return std::nullopt;
}

bool others_may(const struct stat& entry, mode_t of_group, mode_t of_everyone) {
  if ((entry.st_mode & of_everyone) != 0) return true;
  const bool own_group = entry.st_gid == getegid() && entry.st_gid == geteuid();
  return (entry.st_mode & of_group) != 0 && entry.st_gid != 0 && !own_group;
}

}  // namespace

std::string user_name(uid_t user) {
  const auto entry = user_entry_within(kUserName_ms, user);
  return entry && *entry ? (*entry)->login : "user " + std::to_string(user);
}

std::string owner_and_mode(const std::filesystem::path& path, const struct stat& entry) {
  std::array<char, 16> mode{};
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg): std::format is not everywhere yet
  static_cast<void>(std::snprintf(mode.data(), mode.size(), "%04o",
                                  static_cast<unsigned>(entry.st_mode & kModeBits)));
  return path.string() + " belongs to " + user_name(entry.st_uid) + " and has mode " + mode.data();
}

bool is_from_outside(uid_t user) {
  static const std::optional<uid_t> outside = outside_owner();
  return outside && user == *outside;
}

bool others_may_write(const struct stat& entry) { return others_may(entry, S_IWGRP, S_IWOTH); }

bool others_may_read(const struct stat& entry) { return others_may(entry, S_IRGRP, S_IROTH); }

bool others_may_enter(const struct stat& entry) { return others_may(entry, S_IXGRP, S_IXOTH); }

bool is_below(const std::filesystem::path& path, const std::filesystem::path& folder) {
  const auto relative = path.lexically_relative(folder);
  return !relative.empty() && *relative.begin() != "..";
}

bool is_sticky_folder(const struct stat& entry) {
  return S_ISDIR(entry.st_mode) && (entry.st_mode & S_ISVTX) != 0;
}

}  // namespace cardmute::platform
