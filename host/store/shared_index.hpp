// Protects the index of SQLite's write-ahead log (-shm), a file that every process maps into
// memory. Another program may truncate the file (a cleaner, a restored backup, a network home). It
// is then extended with zeros (platform/mapped_file.hpp). SQLite takes the zeros for a missing
// index, and rebuilds the index from the log.
//
// A transaction may have read zeros meanwhile, so its result is discarded; see IndexWatch.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace cardmute::store {

// The name of SQLite's default VFS, extended by this protection. The first call registers it and
// installs the SIGBUS handler. Null if SQLite refuses the VFS, or the system the handler.
const char* guarded_vfs();

// Tells whether this process has come upon a truncated index since the object was made.
class IndexWatch {
 public:
  IndexWatch();
  [[nodiscard]] bool cut() const;

 private:
  std::uint64_t before_;
};

// Whether the index is shorter than the part that this process has mapped; false if it has mapped
// none.
bool index_is_cut(const std::filesystem::path& store);

// Makes every process rebuild the index before its next use. This is needed after a truncation,
// because what this process has just written to the index may be incomplete.
void discard_index(const std::filesystem::path& store);

// Whether the store's log or index was deleted or replaced since this process opened it. If so,
// other processes do not see what this process writes.
bool index_has_moved(const std::filesystem::path& store);

}  // namespace cardmute::store
