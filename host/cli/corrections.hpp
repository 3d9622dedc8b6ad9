// The agents' corrections in the ledger: what was said about a form, and the rule that an
// administrator would paste.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "store/store.hpp"

namespace cardmute::cli {

// The rule of a correction, ready to be pasted into policy.rules; empty if it has none. `entry`
// must be a correction.
std::string rule_text_of(const store::Entry& entry);
// Returns the same rule as JSON; null if the entry is no correction, or its rule is no JSON object.
nlohmann::json rule_json_of(const store::Entry& entry);

// What the agent said: "is a payment form" or "is not a payment form".
const char* said_of_form(const store::Entry& entry);
// Describes the correction in words, with its rule.
std::string correction_words(const store::Entry& entry);

}  // namespace cardmute::cli
