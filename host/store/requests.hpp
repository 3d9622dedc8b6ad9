// Requests to the telephone provider, their outcomes, and the outstanding mutes. Private to store/.
#pragma once

#include <cstddef>

#include "store/transaction_context.hpp"

namespace cardmute::store {

// What a process remembers of a request that it has sent, so that the outcome can be recorded even
// if the store's file was replaced meanwhile.
struct Asked {
  RequestId request = 0;
  Command command = Command::mute;
  Target target;
  Moment at;
};

struct Ended {
  Asked asked;
  engine::Outcome outcome;
  bool counts = false;
  bool settled = false;
  Moment at;
  std::size_t entries_before = 0;  // ledger entries that were waiting when the request ended
};

// Leaves `shared` of the result empty.
Begun begin_request(TransactionContext& context, Command command, const Target& target,
                    bool unless_wanted);
// See Store::begin_unmute_by_hand().
Begun begin_unmute_by_hand(TransactionContext& context, const Target& target);
// Does not write the ledger entry.
void end_request(TransactionContext& context, const Ended& ended);
Entry entry_of(const Ended& ended);
// For a process that has ended: takes over the outcomes that the process had not written yet, and
// marks the outcomes of its other requests as unknown.
void mark_requests_unknown(TransactionContext& context, HostId host);
// Deletes requests that no longer matter, and what was left muted longer ago than kLongestCall_ms.
void forget_old_requests(TransactionContext& context);

// Records an outstanding mute that a rejected mute does not clear.
void keep_outstanding_mute(TransactionContext& context, const Target& target);

}  // namespace cardmute::store
