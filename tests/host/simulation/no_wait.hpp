// A file system for SQLite in which waiting for a lock takes no time: who holds it in a simulated
// world does not let go meanwhile. For tests/host/simulation only.
#pragma once

namespace cardmute::simulation {

// The name to open the store with.
const char* no_wait_vfs();

}  // namespace cardmute::simulation
