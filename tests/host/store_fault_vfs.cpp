#include "store_fault_vfs.hpp"

#include <sqlite3.h>

#include <filesystem>
#include <mutex>
#include <system_error>

#include "store/shared_index.hpp"

namespace cardmute::test {

namespace {

Faults current;  // NOLINT(cppcoreguidelines-avoid-non-const-global-variables): reached from C

// The beginning of the memory that SQLite allocates for an open file. After it comes the data of
// the real VFS.
struct File {
  sqlite3_file base;
  sqlite3_file* real;
};

sqlite3_vfs* real_of(sqlite3_vfs* vfs) { return static_cast<sqlite3_vfs*>(vfs->pAppData); }

sqlite3_file* real_of(sqlite3_file* file) { return reinterpret_cast<File*>(file)->real; }

// The mutex that is locked while a call is counted, because the thread that syncs makes calls too.
std::mutex& counting() {
  static std::mutex only;
  return only;
}

bool fails() {
  const std::scoped_lock lock(counting());
  ++current.calls;
  const bool now = current.at != 0 &&
                   (current.lasting ? current.calls >= current.at : current.calls == current.at);
  if (current.cut_file.empty()) return now;
  std::error_code not_there;
  if (now) std::filesystem::resize_file(current.cut_file, 0, not_there);
  return false;
}

int error(int broken) { return current.full ? SQLITE_FULL : broken; }

int close(sqlite3_file* file) { return real_of(file)->pMethods->xClose(real_of(file)); }

int read(sqlite3_file* file, void* bytes, int count, sqlite3_int64 at) {
  return real_of(file)->pMethods->xRead(real_of(file), bytes, count, at);
}

int write(sqlite3_file* file, const void* bytes, int count, sqlite3_int64 at) {
  sqlite3_file* real = real_of(file);
  if (!fails()) return real->pMethods->xWrite(real, bytes, count, at);
  if (current.half) real->pMethods->xWrite(real, bytes, count / 2, at);
  return error(SQLITE_IOERR_WRITE);
}

int truncate(sqlite3_file* file, sqlite3_int64 size) {
  if (fails()) return error(SQLITE_IOERR_TRUNCATE);
  return real_of(file)->pMethods->xTruncate(real_of(file), size);
}

int sync(sqlite3_file* /*file*/, int /*flags*/) {
  {
    const std::scoped_lock lock(counting());
    ++current.syncs;
  }
  if (current.on_sync) current.on_sync();
  if (current.syncs_fail) return SQLITE_IOERR_FSYNC;
  // Does not sync, because no test cuts the power, and thousands of syncs would take long.
  return fails() ? error(SQLITE_IOERR_FSYNC) : SQLITE_OK;
}

int file_size(sqlite3_file* file, sqlite3_int64* size) {
  return real_of(file)->pMethods->xFileSize(real_of(file), size);
}

int lock(sqlite3_file* file, int level) {
  return real_of(file)->pMethods->xLock(real_of(file), level);
}

int unlock(sqlite3_file* file, int level) {
  return real_of(file)->pMethods->xUnlock(real_of(file), level);
}

int check_reserved_lock(sqlite3_file* file, int* result) {
  return real_of(file)->pMethods->xCheckReservedLock(real_of(file), result);
}

int file_control(sqlite3_file* file, int operation, void* argument) {
  return real_of(file)->pMethods->xFileControl(real_of(file), operation, argument);
}

int sector_size(sqlite3_file* file) { return real_of(file)->pMethods->xSectorSize(real_of(file)); }

int device_characteristics(sqlite3_file* file) {
  return real_of(file)->pMethods->xDeviceCharacteristics(real_of(file));
}

int shm_map(sqlite3_file* file, int page, int size, int extend, void volatile** mapped) {
  if (extend != 0 && fails()) return error(SQLITE_IOERR_SHMMAP);
  return real_of(file)->pMethods->xShmMap(real_of(file), page, size, extend, mapped);
}

int shm_lock(sqlite3_file* file, int offset, int count, int flags) {
  return real_of(file)->pMethods->xShmLock(real_of(file), offset, count, flags);
}

void shm_barrier(sqlite3_file* file) { real_of(file)->pMethods->xShmBarrier(real_of(file)); }

int shm_unmap(sqlite3_file* file, int remove) {
  return real_of(file)->pMethods->xShmUnmap(real_of(file), remove);
}

const sqlite3_io_methods kMethods = {2,
                                     close,
                                     read,
                                     write,
                                     truncate,
                                     sync,
                                     file_size,
                                     lock,
                                     unlock,
                                     check_reserved_lock,
                                     file_control,
                                     sector_size,
                                     device_characteristics,
                                     shm_map,
                                     shm_lock,
                                     shm_barrier,
                                     shm_unmap,
                                     nullptr,
                                     nullptr};

int open(sqlite3_vfs* vfs, sqlite3_filename name, sqlite3_file* file, int flags, int* out_flags) {
  auto* opened = reinterpret_cast<File*>(file);
  opened->base.pMethods = nullptr;
  opened->real = reinterpret_cast<sqlite3_file*>(opened + 1);
  if (fails()) return error(SQLITE_CANTOPEN);
  const int code = real_of(vfs)->xOpen(real_of(vfs), name, opened->real, flags, out_flags);
  if (opened->real->pMethods != nullptr) opened->base.pMethods = &kMethods;
  return code;
}

int remove(sqlite3_vfs* vfs, const char* name, int sync_folder) {
  if (fails()) return error(SQLITE_IOERR_DELETE);
  return real_of(vfs)->xDelete(real_of(vfs), name, sync_folder);
}

int access(sqlite3_vfs* vfs, const char* name, int flags, int* result) {
  return real_of(vfs)->xAccess(real_of(vfs), name, flags, result);
}

int full_name(sqlite3_vfs* vfs, const char* name, int size, char* out) {
  return real_of(vfs)->xFullPathname(real_of(vfs), name, size, out);
}

int randomness(sqlite3_vfs* vfs, int size, char* out) {
  return real_of(vfs)->xRandomness(real_of(vfs), size, out);
}

int sleep(sqlite3_vfs* vfs, int microseconds) {
  return real_of(vfs)->xSleep(real_of(vfs), microseconds);
}

int current_time(sqlite3_vfs* vfs, double* days) {
  return real_of(vfs)->xCurrentTime(real_of(vfs), days);
}

int last_error(sqlite3_vfs* vfs, int size, char* out) {
  return real_of(vfs)->xGetLastError(real_of(vfs), size, out);
}

bool register_vfs() {
  static sqlite3_vfs vfs{};
  sqlite3_vfs* real = sqlite3_vfs_find(store::guarded_vfs());
  vfs.iVersion = 1;
  vfs.szOsFile = static_cast<int>(sizeof(File)) + real->szOsFile;
  vfs.mxPathname = real->mxPathname;
  vfs.zName = kFaultVfs;
  vfs.pAppData = real;
  vfs.xOpen = open;
  vfs.xDelete = remove;
  vfs.xAccess = access;
  vfs.xFullPathname = full_name;
  vfs.xRandomness = randomness;
  vfs.xSleep = sleep;
  vfs.xCurrentTime = current_time;
  vfs.xGetLastError = last_error;
  return sqlite3_vfs_register(&vfs, 0) == SQLITE_OK;
}

}  // namespace

Faults& faults() {
  static const bool registered = register_vfs();
  static_cast<void>(registered);
  return current;
}

}  // namespace cardmute::test
