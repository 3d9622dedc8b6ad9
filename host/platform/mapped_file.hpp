// Protects mapped files that another program may truncate. After a truncation, an access beyond the
// new end raises SIGBUS, which by default kills the process. The handler here extends the file with
// zeros to the end of the mapped region. If that fails (the disk is full) or does not help (the
// disk cannot be read), the handler maps a private page in place of the missing one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>

namespace cardmute::platform {

// Installs the SIGBUS handler, for regions that MappedFile::add_region() has named. A SIGBUS for
// other memory, or one that cannot be repaired, restores the previous handler for good, and that
// handler gets the signal. Returns false if the system refuses.
bool repair_cut_mappings();
// How often the handler was called for a mapped file so far. Each repair counts, and an access that
// needs several repairs counts several times.
std::uint64_t repaired_accesses();

// Identifies a file independently of its name. A file that replaces it has another identity.
struct FileIdentity {
  std::uint64_t device = 0;
  std::uint64_t number = 0;  // the file's number on that device
  bool operator==(const FileIdentity&) const = default;
};
// Returns nullopt if the file does not exist or cannot be examined.
std::optional<FileIdentity> file_identity(const std::filesystem::path& file);

// A file that a library maps. It stays open while this object exists. Destroy this object only
// after the library has finished with the file: on POSIX, closing a file releases all locks that
// the process has on it.
class MappedFile {
 public:
  // If the file cannot be opened, is_cut() and make_whole() return false.
  explicit MappedFile(const std::filesystem::path& file);
  ~MappedFile();
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;

  [[nodiscard]] const std::optional<FileIdentity>& identity() const { return identity_; }

  // Says that `size` bytes of the file, from `offset` on, are mapped at `begin`. Replaces an
  // earlier region at that address. Does nothing if the handler's table of regions is full; an
  // access to this region is then not repaired.
  void add_region(const volatile void* begin, std::int64_t offset, std::size_t size) const;
  // Says that no part of the file is mapped any more.
  void forget_regions() const;
  // The address of the file's first byte; null if that byte is not mapped.
  [[nodiscard]] void* begin() const;
  // Whether the file is shorter than its mapped part.
  [[nodiscard]] bool is_cut() const;
  // Extends the file to the length of its mapped part, if it is shorter. Returns false if that
  // fails.
  [[nodiscard]] bool make_whole() const;

 private:
  int descriptor_ = -1;
  std::optional<FileIdentity> identity_;
};

}  // namespace cardmute::platform
