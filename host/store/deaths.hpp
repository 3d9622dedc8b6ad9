// Cleans up after processes that have ended. Private to store/.
#pragma once

#include "store/transaction_context.hpp"

namespace cardmute::store {

// Finds processes of this boot that have died, and calls bury() for each.
void find_dead(TransactionContext& context);
// Handles the end of a process: its leases become orphans, the outcomes in its file
// (outcome_file.hpp) are written to the store, and those of its other requests become unknown.
void bury(TransactionContext& context, HostId host);

}  // namespace cardmute::store
