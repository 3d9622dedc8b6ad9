// The rows of the processes that share the store. Private to store/.
#pragma once

#include "store/transaction_context.hpp"

namespace cardmute::store {

// Whether the process is alive. False for a process of another boot, because its PID means nothing
// here.
bool is_alive(const TransactionContext& context, const platform::ProcessIdentity& process);
// The row of this process, which is created if it is missing.
HostId registered(TransactionContext& context);
// The row of this process; 0 if it has written nothing yet, or other processes took it for dead.
HostId find_registration(TransactionContext& context);
// Deletes the rows of processes that have ended and left nothing behind.
void remove_empty_hosts(TransactionContext& context);

}  // namespace cardmute::store
