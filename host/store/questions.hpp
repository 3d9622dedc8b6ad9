// When the list of active calls was asked for and what it said, for all processes of this user: one
// asks, all know. For this room only.
#pragma once

#include <optional>

#include "engine/shared.hpp"
#include "store/books.hpp"

namespace cardmute::store {

// Nothing: the list may be asked for, and that is written down. Else when it may be, because some
// process of this user has asked less than `interval_ms` ago.
std::optional<engine::Steady> begin_question(Books& books, int interval_ms);

// A usable list came.
void put_calls(Books& books, const engine::KnownCalls& calls);

// The newest list; nothing: there is none of this start of the machine.
std::optional<engine::KnownCalls> read_calls(Books& books);

}  // namespace cardmute::store
