// Protects mapped files that another program may truncate. The next access beyond the new end
// raises SIGBUS, which by default kills the process. The handler here extends the file to its old
// length with zeros. If it cannot (the disk is full, or unreadable), it maps a private page in that
// place.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>

namespace cardmute::platform {

// Installs the SIGBUS handler. A SIGBUS for other memory goes to the previous handler. False: the
// system refused.
bool repair_cut_mappings();
// How many accesses were repaired so far.
std::uint64_t repaired_accesses();

// Identifies a file whatever its name: a file that replaces it has another identity.
struct FileIdentity {
  std::uint64_t device = 0;
  std::uint64_t number = 0;  // of the file on that device
  bool operator==(const FileIdentity&) const = default;
};
// nullopt if the file does not exist or cannot be examined.
std::optional<FileIdentity> file_identity(const std::filesystem::path& file);

// A file that a library maps. It is open as long as this object lives, which must end only after
// the library's use of the file: on POSIX, closing a file releases all locks that the process has
// on it.
class MappedFile {
 public:
  // If the file cannot be opened, is_cut() and make_whole() return false.
  explicit MappedFile(const std::filesystem::path& file);
  ~MappedFile();
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;

  [[nodiscard]] const std::optional<FileIdentity>& identity() const { return identity_; }

  // `size` bytes of the file, from `offset` on, are mapped at `begin`. Replaces an earlier region
  // at the same address.
  void add_region(const volatile void* begin, std::int64_t offset, std::size_t size) const;
  // No part of the file is mapped any more.
  void forget_regions() const;
  // Where the first byte of the file is mapped; null if it is not.
  [[nodiscard]] void* begin() const;
  // Whether the file is shorter than its mapped part.
  [[nodiscard]] bool is_cut() const;
  // Extends the file to the length of its mapped part. False if that fails.
  [[nodiscard]] bool make_whole() const;

 private:
  int descriptor_ = -1;
  std::optional<FileIdentity> identity_;
};

}  // namespace cardmute::platform
