// Makes the ledger's entry about what an agent said of a form.
#pragma once

#include "base/correction.hpp"
#include "base/utc_time.hpp"
#include "store/store.hpp"

namespace cardmute::agent {

// With the rule that an administrator would paste into policy.rules, as JSON.
store::Entry correction_entry(const Correction& correction, UtcTime at);

}  // namespace cardmute::agent
