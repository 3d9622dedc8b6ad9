// Applies a user's file over the machine's file, key by key. If a value is wrong, the machine's
// value stays in force.
#pragma once

#include <string>
#include <vector>

#include "config/document.hpp"
#include "config/keys.hpp"
#include "config/report.hpp"

namespace cardmute::config {

// Whether `allowed` names the section or the dotted key.
bool is_allowed(const std::string& section, const std::string& key,
                const std::vector<std::string>& allowed);

// Whether calls are muted by their own IDs although neither a list of active calls nor a feed of
// events gives these IDs.
bool needs_active_calls(const Draft& draft);
// Describes, for a message, the mistake that needs_active_calls() finds.
std::string call_without_list(const telephony::Account& account);

// Takes over the keys that `draft.user_may_set` names. `draft` contains the machine's file, and
// keeps its value where the user's value is wrong or not allowed. `report` must turn mistakes into
// warnings.
void take_over_machine(Document document, Draft& draft, Report& report);

}  // namespace cardmute::config
