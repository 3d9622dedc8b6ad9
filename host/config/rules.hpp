// The administrator's own rules for finding payment forms, checked and in full. Anyone in host/ may
// include this; what a configuration file may say of them stands in rule_keys.cpp.
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace cardmute::config {

inline constexpr std::size_t kMaxRules = 100;
inline constexpr std::size_t kMaxRuleName_characters = 64;
inline constexpr std::size_t kMaxRuleMatches = 20;
inline constexpr std::size_t kMaxConditions = 20;
inline constexpr std::size_t kMaxIgnored_selectors = 20;
inline constexpr std::size_t kMaxSelector_characters = 500;
inline constexpr std::size_t kMaxConditionText_characters = 500;
// All texts of all rules together: what a page has to hear must stay small.
inline constexpr std::size_t kMaxRules_bytes = std::size_t{64} * 1024;

// All that is not empty must hold; at least one is not.
struct Condition {
  std::string selector;  // CSS; the browser has the last word on it
  std::string text;      // contained in what is visible of the element
  std::string url;       // a match pattern
};

// Of each list any one has to hold; an empty list never does.
struct Rule {
  std::string name;
  std::vector<std::string> match;
  std::vector<Condition> open;
  std::vector<Condition> close;
  std::vector<Condition> approved;
  std::vector<Condition> declined;
  bool ignore_all = false;
  std::vector<std::string> ignore;
};

// Every key always, as the browser is told it.
nlohmann::json to_json(const Rule& rule);

// How much text a rule holds.
std::size_t bytes_of(const Rule& rule);

// A number that changes with the rule, and is the same in every version of this program: whether
// what a browser once said was about this rule as it is now.
std::string digest_of(const Rule& rule);
// The same of all of them.
std::string digest_of(const std::vector<Rule>& rules);

}  // namespace cardmute::config
