// Makes the ledger's entry about a correction: an agent said that a form is a payment form, or that
// it is not one.
#pragma once

#include "base/correction.hpp"
#include "base/utc_time.hpp"
#include "store/store.hpp"

namespace cardmute::agent {

// The entry's detail is the rule that an administrator would paste into policy.rules, as JSON,
// without long numbers.
store::Entry correction_entry(const Correction& correction, UtcTime at);

}  // namespace cardmute::agent
