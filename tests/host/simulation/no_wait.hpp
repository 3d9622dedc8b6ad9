// A VFS for SQLite that does not wait for locks, and fails on demand. In a simulated world no other
// process runs during the wait, so nobody could release the lock.
#pragma once

namespace cardmute::simulation {

// Returns the name of the VFS; nullptr if SQLite does not register it.
const char* no_wait_vfs();

// While an object with `broken` exists, no file can be opened, and no transaction can begin.
class BrokenDisk {
 public:
  explicit BrokenDisk(bool broken);
  ~BrokenDisk();
  BrokenDisk(const BrokenDisk&) = delete;
  BrokenDisk& operator=(const BrokenDisk&) = delete;
};

}  // namespace cardmute::simulation
