// See mapped_file.hpp. The signal handler uses only atomics and system calls.
#include <fcntl.h>
#include <signal.h>  // NOLINT(modernize-deprecated-headers): <csignal> has no sigaction()
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>

#include "platform/mapped_file.hpp"

namespace cardmute::platform {

namespace {

// SQLite maps its index in regions of 32 KiB, each for 4096 pages of the log.
constexpr std::size_t kMaxRegions = 256;
// If an address still faults after its first repair and this many more, a private page replaces the
// page of the file.
constexpr int kMaxRepairs = 3;

struct Region {
  std::atomic<std::uintptr_t> begin{0};
  std::atomic<std::size_t> size{0};
  std::atomic<off_t> offset{0};
  std::atomic<int> descriptor{-1};
};

// NOLINTBEGIN(cppcoreguidelines-avoid-non-const-global-variables): a signal handler has no other
std::array<Region, kMaxRegions> regions;
std::atomic<std::uint64_t> cuts{0};
std::atomic<std::uintptr_t> last_fault{0};
std::atomic<int> repairs{0};
struct sigaction previous {};
// NOLINTEND(cppcoreguidelines-avoid-non-const-global-variables)

// The end of the file's last mapped region; 0 if none is mapped.
off_t mapped_length(int descriptor) {
  off_t length = 0;
  for (const Region& region : regions) {
    if (region.begin.load() == 0 || region.descriptor.load() != descriptor) continue;
    length = std::max(length, region.offset.load() + static_cast<off_t>(region.size.load()));
  }
  return length;
}

// Extends the file to `length` if it is shorter. Returns false if that fails.
bool has_length(int descriptor, off_t length) {
  struct stat entry {};
  if (fstat(descriptor, &entry) != 0) return false;
  if (entry.st_size >= length) return true;
#ifdef __linux__
  // Unlike ftruncate(), fallocate() never shortens a file that another process has extended
  // meanwhile. It also reserves the disk space now, not at the next access.
  if (fallocate(descriptor, 0, 0, length) == 0) return true;
  if (errno != EOPNOTSUPP) return false;
#endif
  return ftruncate(descriptor, length) == 0;
}

bool give_own_page(std::uintptr_t at) {
  const auto page = static_cast<std::uintptr_t>(sysconf(_SC_PAGESIZE));
  // NOLINTNEXTLINE(performance-no-int-to-ptr): the system gives the address as a number
  void* start = reinterpret_cast<void*>(at - at % page);
  return mmap(start, page, PROT_READ | PROT_WRITE, MAP_FIXED | MAP_PRIVATE | MAP_ANONYMOUS, -1,
              0) != MAP_FAILED;
}

bool repair(std::uintptr_t at) {
  for (const Region& region : regions) {
    const std::uintptr_t begin = region.begin.load();
    if (begin == 0 || at < begin || at - begin >= region.size.load()) continue;
    const int tries = last_fault.exchange(at) == at ? repairs.fetch_add(1) : (repairs = 0);
    cuts.fetch_add(1);
    const off_t end = region.offset.load() + static_cast<off_t>(region.size.load());
    return (tries < kMaxRepairs && has_length(region.descriptor.load(), end)) || give_own_page(at);
  }
  return false;
}

void on_bus_error(int number, siginfo_t* info, void* /*context*/) {
  const int saved = errno;
  const bool repaired = repair(reinterpret_cast<std::uintptr_t>(info->si_addr));
  errno = saved;
  // After this function the instruction is executed again. If the page was not repaired, the
  // previous handler is put back here, and gets the SIGBUS that is raised then.
  if (!repaired) sigaction(number, &previous, nullptr);
}

}  // namespace

bool repair_cut_mappings() {
  struct sigaction action {};
  action.sa_sigaction = on_bus_error;
  action.sa_flags = SA_SIGINFO;
  sigemptyset(&action.sa_mask);
  return sigaction(SIGBUS, &action, &previous) == 0;
}

std::uint64_t repaired_accesses() { return cuts.load(); }

std::optional<FileIdentity> file_identity(const std::filesystem::path& file) {
  struct stat entry {};
  if (stat(file.c_str(), &entry) != 0) return std::nullopt;
  return FileIdentity{entry.st_dev, entry.st_ino};
}

MappedFile::MappedFile(const std::filesystem::path& file)
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg): open() is what the system has
    : descriptor_(open(file.c_str(), O_RDWR | O_CLOEXEC)), identity_(file_identity(file)) {}

MappedFile::~MappedFile() {
  if (descriptor_ >= 0) close(descriptor_);
}

// One address is never mapped twice at the same time, so a region at a known address replaces the
// earlier one.
void MappedFile::add_region(const volatile void* begin, std::int64_t offset,
                            std::size_t size) const {
  const auto at = reinterpret_cast<std::uintptr_t>(begin);
  Region* slot = nullptr;
  for (Region& region : regions) {
    const std::uintptr_t there = region.begin.load();
    if (there == at) slot = &region;
    if (slot == nullptr && there == 0) slot = &region;
    if (there == at) break;
  }
  if (slot == nullptr) return;
  slot->begin = 0;
  slot->descriptor = descriptor_;
  slot->offset = offset;
  slot->size = size;
  slot->begin = at;
}

void MappedFile::forget_regions() const {
  for (Region& region : regions) {
    if (region.descriptor.load() == descriptor_) region.begin = 0;
  }
}

void* MappedFile::begin() const {
  for (const Region& region : regions) {
    const std::uintptr_t begin = region.begin.load();
    if (begin == 0 || region.offset.load() != 0) continue;
    // NOLINTNEXTLINE(performance-no-int-to-ptr): the address as the handler needs it
    if (region.descriptor.load() == descriptor_) return reinterpret_cast<void*>(begin);
  }
  return nullptr;
}

bool MappedFile::is_cut() const {
  struct stat entry {};
  return fstat(descriptor_, &entry) == 0 && entry.st_size < mapped_length(descriptor_);
}

bool MappedFile::make_whole() const { return has_length(descriptor_, mapped_length(descriptor_)); }

}  // namespace cardmute::platform
