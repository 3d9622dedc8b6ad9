// A VFS for SQLite that does not wait for locks. In a simulated world no other process runs during
// the wait, so nobody could release the lock.
#pragma once

namespace cardmute::simulation {

// Returns the name of the VFS; nullptr if SQLite does not register it.
const char* no_wait_vfs();

}  // namespace cardmute::simulation
