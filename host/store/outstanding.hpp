// Outstanding mutes: targets that may be muted, because a mute was sent and no unmute is known to
// have ended it. Each boot of a machine has its own rows. Private to store/.
#pragma once

#include "store/transaction_context.hpp"

namespace cardmute::store {

// Records that the target may be muted, with the time. Returns true if no mute of the target was
// outstanding for this boot.
bool add_outstanding_mute(TransactionContext& context, const Target& target);
void remove_outstanding_mute(TransactionContext& context, const Target& target);
// From now on the mute of this target is not known to be acknowledged.
void forget_acknowledgement(TransactionContext& context, const Target& target);
// From now on no mute of any target or machine is known to be acknowledged.
void forget_all_acknowledgements(TransactionContext& context);

}  // namespace cardmute::store
