// A VFS for SQLite in which waiting for a lock takes no time: in a simulated world the holder
// cannot release it meanwhile.
#pragma once

namespace cardmute::simulation {

// The name to open the store with.
const char* no_wait_vfs();

}  // namespace cardmute::simulation
