// The events that the extension can report about one of the administrator's rules. `match` and
// `open` are keys of a rule: the pages that it is for, and what shows that a payment form is open.
#pragma once

#include <array>
#include <string_view>
#include <utility>

namespace cardmute {

enum class RuleEvent {
  matched,  // `open` was true in a document
  passed,   // `match` covered a document that has gone, and `open` was never true in it
  missed,   // a payment form was seen in a document that `match` covers, but `open` was not true
  // a payment form was seen on a site that has rules with `open`, but none covers the page
  unruled,
  invalid,  // the browser rejects a selector of the rule
};

// The names in messages between extension and host.
inline constexpr std::array<std::pair<std::string_view, RuleEvent>, 5> kRuleEvents{{
    {"matched", RuleEvent::matched},
    {"passed", RuleEvent::passed},
    {"missed", RuleEvent::missed},
    {"unruled", RuleEvent::unruled},
    {"invalid", RuleEvent::invalid},
}};

}  // namespace cardmute
