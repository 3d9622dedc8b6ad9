// Whose turn it is to request the list of active calls, and the newest list, shared by all
// processes of this user: one polls for all. Private to store/.
#pragma once

#include <optional>

#include "engine/shared.hpp"
#include "store/transaction_context.hpp"

namespace cardmute::store {

// nullopt: this process may ask now, and has the turn until end_calls_request(), or until its
// request has timed out: a process that ends in between takes no turn with it. Otherwise the
// earliest time at which it may, unless another is first.
// When a request reaches the provider nobody here knows; it has when it is answered. So the
// interval counts from the end.
std::optional<engine::Steady> begin_calls_request(TransactionContext& context,
                                                  const CallsTurn& turn);
// The request was answered, or has failed. Another process' turn is left alone.
void end_calls_request(TransactionContext& context, const CallsTurn& turn);

// Stores a list that was received.
void put_calls(TransactionContext& context, const engine::KnownCalls& calls);

// The newest list of this boot; nullopt if there is none.
std::optional<engine::KnownCalls> read_calls(TransactionContext& context);

}  // namespace cardmute::store
