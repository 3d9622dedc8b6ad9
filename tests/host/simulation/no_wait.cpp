#include "no_wait.hpp"

#include <sqlite3.h>

namespace cardmute::simulation {

namespace {

int wait_not(sqlite3_vfs* /*vfs*/, int microseconds) { return microseconds; }

sqlite3_vfs make() {
  sqlite3_vfs made = *sqlite3_vfs_find(nullptr);
  made.pNext = nullptr;
  made.zName = "no-wait";
  made.xSleep = wait_not;
  return made;
}

}  // namespace

const char* no_wait_vfs() {
  static sqlite3_vfs vfs = make();
  static const int registered = sqlite3_vfs_register(&vfs, 0);
  return registered == SQLITE_OK ? vfs.zName : nullptr;
}

}  // namespace cardmute::simulation
