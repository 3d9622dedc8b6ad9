// A user's document over the machine's: what it may set, key by key, and what a mistake in it
// leaves as it was. For config/ only.
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

// The calls are to be muted one by one, and nothing says which calls there are.
bool needs_active_calls(const Draft& draft);
// That, as messages say it: which word of `target` needs which key.
std::string call_without_list(const telephony::Account& account);

// Takes of the document what `draft.user_may_set` names. `draft` holds the machine's file; where
// something is wrong or not allowed it keeps that, and `report` has to make it a warning.
void take_over_machine(Document document, Draft& draft, Report& report);

}  // namespace cardmute::config
