#include "no_wait.hpp"

#include <sqlite3.h>

namespace cardmute::simulation {

namespace {

bool broken = false;  // NOLINT(cppcoreguidelines-avoid-non-const-global-variables): reached from C
const sqlite3_io_methods* real = nullptr;

int wait_not(sqlite3_vfs* /*vfs*/, int microseconds) { return microseconds; }

// A transaction begins with a lock in the shared index.
int lock_index(sqlite3_file* file, int offset, int count, int flags) {
  if (broken && (flags & SQLITE_SHM_LOCK) != 0) return SQLITE_IOERR_SHMLOCK;
  return real->xShmLock(file, offset, count, flags);
}

int open(sqlite3_vfs* /*vfs*/, sqlite3_filename name, sqlite3_file* file, int flags,
         int* out_flags) {
  if (broken) {
    file->pMethods = nullptr;
    return SQLITE_CANTOPEN;
  }
  sqlite3_vfs* system = sqlite3_vfs_find(nullptr);
  const int code = system->xOpen(system, name, file, flags, out_flags);
  const bool is_database = (flags & SQLITE_OPEN_MAIN_DB) != 0;
  if (code != SQLITE_OK || !is_database) return code;
  if (real == nullptr) real = file->pMethods;
  static const sqlite3_io_methods breakable = [] {
    sqlite3_io_methods methods = *real;
    methods.xShmLock = lock_index;
    return methods;
  }();
  file->pMethods = &breakable;
  return code;
}

sqlite3_vfs make() {
  sqlite3_vfs made = *sqlite3_vfs_find(nullptr);
  made.pNext = nullptr;
  made.zName = "no-wait";
  made.xSleep = wait_not;
  made.xOpen = open;
  return made;
}

}  // namespace

const char* no_wait_vfs() {
  static sqlite3_vfs vfs = make();
  static const int registered = sqlite3_vfs_register(&vfs, 0);
  return registered == SQLITE_OK ? vfs.zName : nullptr;
}

BrokenDisk::BrokenDisk(bool is_broken) { broken = is_broken; }
BrokenDisk::~BrokenDisk() { broken = false; }

}  // namespace cardmute::simulation
