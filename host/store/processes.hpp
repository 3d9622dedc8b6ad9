// The processes that share the store: this one's row, and those that died. For this room only.
#pragma once

#include "store/books.hpp"

namespace cardmute::store {

bool is_alive(const Books& books, const platform::ProcessIdentity& process);
// This process' row, made where it is missing.
HostId registered(Books& books);
// The same, 0 where it is missing: nothing was written yet, or others took this process for dead.
HostId find_registration(Books& books);
// Buries the other processes that are dead.
void find_dead(Books& books);
// A process has ended: its leases become orphans, its requests unknown.
void bury(Books& books, HostId host);
// Rows of processes that have ended and left nothing behind.
void remove_empty_hosts(Books& books);

}  // namespace cardmute::store
