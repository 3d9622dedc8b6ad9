#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <string_view>
#include <system_error>

#include "platform/machine.hpp"
#include "platform/system_identity.hpp"

#ifdef __APPLE__
#include <sys/mount.h>
#include <sys/param.h>
#include <uuid/uuid.h>
#else
#include <sys/vfs.h>

#include <algorithm>
#include <array>
#include <fstream>
#endif

namespace cardmute::platform {

namespace fs = std::filesystem;

#ifdef __APPLE__

std::string system_identity() {
  uuid_t id{};
  const timespec no_wait{0, 0};
  if (gethostuuid(id, &no_wait) != 0) return {};
  uuid_string_t text{};
  uuid_unparse_lower(id, text);
  return text;
}

std::vector<std::string> network_addresses(const fs::path& /*interfaces*/) { return {}; }

namespace {

bool is_local(const fs::path& folder) {
  struct statfs found {};
  return statfs(folder.c_str(), &found) == 0 && (found.f_flags & MNT_LOCAL) != 0;
}

}  // namespace

#else

namespace {

// Whether the text is a machine's identity: 32 hexadecimal digits, not all zero (machine-id(5)). In
// the image of a system it may be "uninitialized" or empty instead.
bool is_identity(const std::string& id) {
  constexpr std::size_t kDigits = 32;
  return id.size() == kDigits &&
         id.find_first_not_of("0123456789abcdefABCDEF") == std::string::npos &&
         id.find_first_not_of('0') != std::string::npos;
}

std::string first_word(const fs::path& file) {
  std::ifstream stream(file);
  std::string word;
  stream >> word;
  return word;
}

bool is_local(const fs::path& folder) {
  // The file systems of local disks, by statfs(2) and linux/magic.h: ext2 to ext4, xfs, btrfs,
  // tmpfs, ramfs, overlay, f2fs, zfs, jfs, reiserfs, bcachefs, ecryptfs, ntfs3, exfat, fat, nilfs.
  static constexpr std::array<std::uint32_t, 16> kLocal{
      0xEF53,     0x58465342, 0x9123683E, 0x01021994, 0x858458F6, 0x794C7630,
      0xF2F52010, 0x2FC12FC1, 0x3153464A, 0x52654973, 0xCA451A4E, 0xF15F,
      0x7366746E, 0x2011BAB0, 0x4D44,     0x3434};
  struct statfs found {};
  if (statfs(folder.c_str(), &found) != 0) return false;
  return std::ranges::find(kLocal, static_cast<std::uint32_t>(found.f_type)) != kLocal.end();
}

}  // namespace

std::string system_identity() {
  for (const char* file : {"/etc/machine-id", "/var/lib/dbus/machine-id"}) {
    if (std::string id = first_word(file); is_identity(id)) return id;
  }
  return {};
}

std::vector<std::string> network_addresses(const fs::path& interfaces) {
  std::vector<std::string> addresses;
  std::error_code error;
  for (const auto& each : fs::directory_iterator(interfaces, error)) {
    // A virtual interface, such as a bridge or one of a container, has no device. A USB adapter
    // does not count, because it may move to another computer.
    const fs::path device = each.path() / "device";
    const fs::path bus = fs::read_symlink(device / "subsystem", error).filename();
    if (!fs::exists(device, error) || bus == "usb") continue;
    // In addr_assign_type, 0 means a permanent address; with another value the system or a person
    // has made the address (sysfs-class-net).
    const std::string address = first_word(each.path() / "address");
    const bool is_empty = address.find_first_not_of("0:") == std::string::npos;
    if (first_word(each.path() / "addr_assign_type") == "0" && !is_empty) {
      addresses.push_back(address);
    }
  }
  std::ranges::sort(addresses);
  return addresses;
}

#endif

bool is_local_folder(const fs::path& folder) {
  std::error_code error;
  fs::path at = folder;
  while (!fs::exists(at, error) && at.has_relative_path()) at = at.parent_path();
  return is_local(at);
}

namespace {

void make_private_folders(const fs::path& folder) {
  if (mkdir(folder.c_str(), S_IRWXU) == 0 || errno != ENOENT || !folder.has_relative_path()) return;
  make_private_folders(folder.parent_path());
  mkdir(folder.c_str(), S_IRWXU);
}

}  // namespace

bool LifeSign::is_in_place() const {
  struct stat held {};
  struct stat there {};
  return descriptor_ >= 0 && fstat(descriptor_, &held) == 0 && stat(file_.c_str(), &there) == 0 &&
         held.st_dev == there.st_dev && held.st_ino == there.st_ino;
}

bool LifeSign::give() {
  // The lock is tried several times, because another process may delete the file (in seen())
  // between open() and flock().
  constexpr int kMaxTries = 10;
  for (int attempt = 0; !is_in_place() && attempt < kMaxTries; ++attempt) {
    give_up();
    make_private_folders(file_.parent_path());
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg): open() is what the system has
    descriptor_ = open(file_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
    if (descriptor_ < 0 || flock(descriptor_, LOCK_SH | LOCK_NB) != 0) {
      give_up();
    }
  }
  return descriptor_ >= 0;
}

void LifeSign::give_up() {
  if (descriptor_ >= 0) close(std::exchange(descriptor_, -1));
}

bool LifeSign::seen(const fs::path& file) {
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg): open() is what the system has
  const int descriptor = open(file.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW);
  if (descriptor < 0) return false;
  const bool held = flock(descriptor, LOCK_EX | LOCK_NB) != 0;
  if (!held) unlink(file.c_str());
  close(descriptor);
  return held;
}

}  // namespace cardmute::platform
