// What the extension may say of one of the administrator's rules. Anyone in host/ may include this.
#pragma once

#include <array>
#include <string_view>
#include <utility>

namespace cardmute::protocol {

enum class RuleEvent {
  matched,  // its `open` held in a document
  passed,   // its `match` covered a document that has gone, and its `open` never held
  missed,   // a payment form was seen in a document that it covers, and its `open` did not hold
  unruled,  // a payment form was seen on a site that has rules, and none covers the page
  invalid,  // the browser refuses one of its selectors
};

// Their names on the wire.
inline constexpr std::array<std::pair<std::string_view, RuleEvent>, 5> kRuleEvents{{
    {"matched", RuleEvent::matched},
    {"passed", RuleEvent::passed},
    {"missed", RuleEvent::missed},
    {"unruled", RuleEvent::unruled},
    {"invalid", RuleEvent::invalid},
}};

}  // namespace cardmute::protocol
