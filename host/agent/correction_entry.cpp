#include "agent/correction_entry.hpp"

#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "base/plain_text.hpp"
#include "config/rules.hpp"
#include "log/log_line.hpp"

namespace cardmute::agent {

namespace {

// The correction as a rule, with the keys in the order of the administrator's guide.
nlohmann::ordered_json rule_of(const Correction& correction) {
  const auto& [origin, change, direction, selectors] = correction;
  const std::string host = origin.substr(origin.find("://") + 3);
  nlohmann::ordered_json rule;
  std::string name = plain_text(host + ": " + selectors.front(), config::kMaxRuleName_characters);
  // policy.rules accepts no name with a blank at its end
  name.erase(name.find_last_not_of(' ') + 1);
  rule["name"] = std::move(name);
  rule["match"] = origin + "/*";
  auto& found = rule[direction == CorrectionDirection::mute ? "open" : "ignore"];
  if (selectors.size() == 1) {
    found = selectors.front();
  } else {
    found = selectors;
  }
  return rule;
}

}  // namespace

store::Entry correction_entry(const Correction& correction, UtcTime at) {
  store::Entry entry;
  entry.kind = store::EntryKind::correction;
  entry.at = at;
  entry.origin = correction.origin;
  entry.command = name_in(kCorrectionDirections, correction.direction);
  entry.outcome = name_in(kCorrectionChanges, correction.change);
  // A selector contains names from the page, and such a name may contain a customer's number.
  entry.detail = log::without_long_numbers(rule_of(correction).dump());
  return entry;
}

}  // namespace cardmute::agent
