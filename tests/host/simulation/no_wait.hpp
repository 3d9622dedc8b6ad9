// A VFS for SQLite that does not wait for locks: in a simulated world, no other process can release
// one meanwhile.
#pragma once

namespace cardmute::simulation {

// Returns the name of the VFS; nullptr if SQLite does not register it.
const char* no_wait_vfs();

}  // namespace cardmute::simulation
