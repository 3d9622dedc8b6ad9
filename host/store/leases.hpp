// Leases, and what happens to them when their process or browser has gone. Private to store/.
#pragma once

#include <functional>
#include <set>
#include <string>

#include "store/transaction_context.hpp"

namespace cardmute::store {

void put_lease(TransactionContext& context, const Lease& lease);
void remove_lease(TransactionContext& context, std::string_view surface, std::string_view reason);
// Releases all leases of this process that are neither in `held` nor orphans: they were released
// while the store did not work.
void release_forgotten(TransactionContext& context, const std::set<std::string, std::less<>>& held);
// Makes the leases of `host` orphans, which starts their grace. A delay of an unmute ends at once.
void orphan_leases(TransactionContext& context, HostId host);
// Ends the orphaned leases of `host` now, before their grace is over. The mute then ends, even if
// Absence::resume is false.
void drop_orphans(TransactionContext& context, HostId host);
// Ends the leases whose grace is over. If no lease wants the mute afterwards and `absence.resume`
// is false, the muted calls stay muted until they end.
void end_graces(TransactionContext& context, const Absence& absence);
// Whether a lease of any process wants the mute, including orphans in their grace.
bool mute_is_wanted(TransactionContext& context);

}  // namespace cardmute::store
