// See mapped_file.hpp. Windows refuses to truncate a mapped file, so there is nothing to repair.
#include <windows.h>

#include "platform/mapped_file.hpp"
#include "platform/windows_handle.hpp"

namespace cardmute::platform {

bool repair_cut_mappings() { return true; }

std::uint64_t repaired_accesses() { return 0; }

std::optional<FileIdentity> file_identity(const std::filesystem::path& file) {
  const Handle opened(CreateFileW(file.c_str(), FILE_READ_ATTRIBUTES, kShareAll, nullptr,
                                  OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS, nullptr));
  BY_HANDLE_FILE_INFORMATION found{};
  if (!opened || GetFileInformationByHandle(opened.get(), &found) == 0) return std::nullopt;
  constexpr unsigned kHalf_bits = 32;
  return FileIdentity{found.dwVolumeSerialNumber,
                      (std::uint64_t{found.nFileIndexHigh} << kHalf_bits) | found.nFileIndexLow};
}

MappedFile::MappedFile(const std::filesystem::path& file) : identity_(file_identity(file)) {}

MappedFile::~MappedFile() = default;

// NOLINTBEGIN(readability-convert-member-functions-to-static): other systems use the object
void MappedFile::add_region(const volatile void* /*begin*/, std::int64_t /*offset*/,
                            std::size_t /*size*/) const {}

void MappedFile::forget_regions() const {}

void* MappedFile::begin() const { return nullptr; }

bool MappedFile::is_cut() const { return false; }

bool MappedFile::make_whole() const { return false; }
// NOLINTEND(readability-convert-member-functions-to-static)

}  // namespace cardmute::platform
