// A VFS for SQLite that does not wait for locks: in a simulated world no other process runs
// meanwhile, so none can release a lock.
#pragma once

namespace cardmute::simulation {

// Returns the name of the VFS; nullptr if SQLite does not register it.
const char* no_wait_vfs();

}  // namespace cardmute::simulation
