// Decides which process of this user may request the list of active calls, and shares the newest
// list, so that one process polls for all. Private to store/.
#pragma once

#include <optional>

#include "engine/shared.hpp"
#include "store/transaction_context.hpp"

namespace cardmute::store {

// Returns nullopt if this process may send its request now. Its turn then lasts until
// end_calls_request(), or until the request must have timed out, so that a process that dies does
// not keep the turn. Otherwise returns the earliest time to try again; another process may be
// faster then. The interval counts from the answer, since nobody knows how long before the answer
// the request reached the provider.
std::optional<engine::Steady> begin_calls_request(TransactionContext& context,
                                                  const CallsTurn& turn);
// Call it when the request was answered or has failed. Does not change another process's turn.
void end_calls_request(TransactionContext& context, const CallsTurn& turn);

// Stores a list of active calls that this process has requested and received, unless a list that
// was requested later is stored already.
void put_calls(TransactionContext& context, const engine::KnownCalls& calls);

// The newest list of this boot; nullopt if there is none.
std::optional<engine::KnownCalls> read_calls(TransactionContext& context);

}  // namespace cardmute::store
