#include "store/shared_index.hpp"

#include <sqlite3.h>

#include <cstring>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <system_error>
#include <utility>

#include "platform/mapped_file.hpp"

namespace cardmute::store {

namespace {

constexpr const char* kName = "cardmute-guarded";
// The two copies of the index's header, which show whether it is valid: src/wal.c, "WalIndexHdr".
constexpr std::size_t kHeaders_bytes = std::size_t{2} * 48;

using platform::file_identity;
using platform::FileIdentity;

// A -shm file, which stays open as long as any connection of this process uses it.
struct Index {
  explicit Index(const std::string& store)
      : file(store + "-shm"), log(file_identity(store + "-wal")) {}

  platform::MappedFile file;
  std::optional<FileIdentity> log;
  int users = 0;  // how many connections use it
};

// The open files of this process's connections. The object is never destroyed, because a thread
// that waits for the disk may outlive main().
struct Open {
  std::mutex mutex;
  struct Store {
    std::string name;
    bool uses_index = false;
  };
  std::map<sqlite3_file*, Store> stores;
  std::map<std::string, std::unique_ptr<Index>> indexes;  // the key is the store's name
  const sqlite3_io_methods* real = nullptr;
  sqlite3_io_methods guarded{};
};

Open& open_files() {
  static auto* const only = new Open;  // NOLINT(cppcoreguidelines-owning-memory): see above
  return *only;
}

// Returns null if no connection of this process uses the store's index. Call it with the mutex
// locked.
const Index* index_of(const Open& open, const std::filesystem::path& store) {
  const auto found = open.indexes.find(store.string());
  return found == open.indexes.end() ? nullptr : found->second.get();
}

// Whether the index was truncated. SQLite starts with a file of at most a few bytes, and extends it
// by whole regions.
bool was_cut(const std::string& shm, int region_size) {
  constexpr std::uintmax_t kEmpty_bytes = 3;
  std::error_code error;
  const auto size = std::filesystem::file_size(shm, error);
  return !error && size > kEmpty_bytes && size % static_cast<unsigned>(region_size) != 0;
}

void forget_header(volatile void* index) {
  std::memset(const_cast<void*>(index), 0, kHeaders_bytes);
}

int shm_map(sqlite3_file* file, int number, int size, int extend, void volatile** mapped) {
  Open& open = open_files();
  const std::scoped_lock lock(open.mutex);
  const auto store = open.stores.find(file);
  // The check comes first, because SQLite would extend a truncated index now, and so hide the
  // truncation.
  const bool cut = number == 0 && store != open.stores.end() && !store->second.uses_index &&
                   was_cut(store->second.name + "-shm", size);
  const int code = open.real->xShmMap(file, number, size, extend, mapped);
  if (code != SQLITE_OK || *mapped == nullptr || store == open.stores.end()) return code;
  auto& index = open.indexes[store->second.name];
  if (!index) index = std::make_unique<Index>(store->second.name);
  if (!std::exchange(store->second.uses_index, true)) ++index->users;
  index->file.add_region(*mapped, std::int64_t{number} * size, static_cast<std::size_t>(size));
  if (cut) forget_header(*mapped);
  return code;
}

int shm_unmap(sqlite3_file* file, int remove) {
  Open& open = open_files();
  const std::scoped_lock lock(open.mutex);
  const auto store = open.stores.find(file);
  const bool uses = store != open.stores.end() && std::exchange(store->second.uses_index, false);
  const auto found = uses ? open.indexes.find(store->second.name) : open.indexes.end();
  const bool last = found != open.indexes.end() && found->second->users <= 1;
  if (last) found->second->file.forget_regions();
  const int code = open.real->xShmUnmap(file, remove);
  if (last) {
    open.indexes.erase(found);
  } else if (found != open.indexes.end()) {
    --found->second->users;
  }
  return code;
}

int close_file(sqlite3_file* file) {
  Open& open = open_files();
  {
    const std::scoped_lock lock(open.mutex);
    open.stores.erase(file);
  }
  return open.real->xClose(file);
}

sqlite3_vfs* real_vfs() {
  static sqlite3_vfs* const only = sqlite3_vfs_find(nullptr);
  return only;
}

int open_file(sqlite3_vfs* /*vfs*/, sqlite3_filename name, sqlite3_file* file, int flags,
              int* out_flags) {
  const int code = real_vfs()->xOpen(real_vfs(), name, file, flags, out_flags);
  const bool store = (flags & SQLITE_OPEN_MAIN_DB) != 0 && name != nullptr;
  if (code != SQLITE_OK || !store || file->pMethods == nullptr || file->pMethods->iVersion < 2 ||
      file->pMethods->xShmMap == nullptr) {
    return code;
  }
  Open& open = open_files();
  const std::scoped_lock lock(open.mutex);
  if (open.real == nullptr) {
    open.real = file->pMethods;
    open.guarded = *file->pMethods;
    open.guarded.xClose = close_file;
    open.guarded.xShmMap = shm_map;
    open.guarded.xShmUnmap = shm_unmap;
  }
  // On another file system SQLite may use other methods. Only files with the methods that were seen
  // first are protected.
  if (file->pMethods != open.real) return code;
  file->pMethods = &open.guarded;
  open.stores[file] = {name, false};
  return code;
}

sqlite3_vfs make_vfs() {
  sqlite3_vfs made = *real_vfs();
  made.pNext = nullptr;
  made.zName = kName;
  made.xOpen = open_file;
  return made;
}

}  // namespace

const char* guarded_vfs() {
  static sqlite3_vfs vfs = make_vfs();
  static const bool ready =
      sqlite3_vfs_register(&vfs, 0) == SQLITE_OK && platform::repair_cut_mappings();
  return ready ? kName : nullptr;
}

IndexWatch::IndexWatch() : before_(platform::repaired_accesses()) {}

bool IndexWatch::cut() const { return platform::repaired_accesses() != before_; }

bool index_is_cut(const std::filesystem::path& store) {
  Open& open = open_files();
  const std::scoped_lock lock(open.mutex);
  const Index* index = index_of(open, store);
  return index != nullptr && index->file.is_cut();
}

void discard_index(const std::filesystem::path& store) {
  Open& open = open_files();
  const std::scoped_lock lock(open.mutex);
  const Index* index = index_of(open, store);
  if (index == nullptr) return;
  // Extending a file sets to zero what was written beyond its end in its last page. So the file is
  // extended before anything is written.
  static_cast<void>(index->file.make_whole());
  if (void* begin = index->file.begin()) forget_header(begin);
}

bool index_has_moved(const std::filesystem::path& store) {
  Open& open = open_files();
  const std::scoped_lock lock(open.mutex);
  const Index* index = index_of(open, store);
  if (index == nullptr) return false;
  return file_identity(store.string() + "-shm") != index->file.identity() ||
         (index->log && file_identity(store.string() + "-wal") != index->log);
}

}  // namespace cardmute::store
