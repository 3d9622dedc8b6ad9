// The administrator's rules for finding payment forms, after they were checked. rule_keys.cpp reads
// them.
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace cardmute::config {

inline constexpr std::size_t kMaxRules = 100;
inline constexpr std::size_t kMaxRuleName_characters = 64;
inline constexpr std::size_t kMaxRuleMatches = 20;
inline constexpr std::size_t kMaxConditions = 20;
inline constexpr std::size_t kMaxIgnored_selectors = 20;
inline constexpr std::size_t kMaxSelector_characters = 500;
inline constexpr std::size_t kMaxConditionText_characters = 500;
// The most bytes of all texts of all rules together. They are sent to pages, so they must be small.
inline constexpr std::size_t kMaxRules_bytes = std::size_t{64} * 1024;

// A condition holds if all its parts that are not empty hold. At least one part is not empty.
struct Condition {
  std::string selector;  // a CSS selector; only the browser knows whether it is valid
  std::string text;      // a text that occurs in the element's visible text
  std::string url;       // a match pattern that the page's URL matches
};

// A list of conditions holds if any one of them holds; an empty list never holds.
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

// The result contains every key, because the extension expects every key.
nlohmann::json to_json(const Rule& rule);

// The size of all texts of a rule together.
std::size_t bytes_of(const Rule& rule);

// Returns the FNV-1a digest of the text, as 16 hexadecimal digits.
std::string digest_of(std::string_view text);

// Returns a text that changes if the rule changes, and is the same in every version of this
// program. The host compares it to see whether a browser's report was about the rule in its present
// form.
std::string digest_of(const Rule& rule);
// A text that changes if any of the rules changes.
std::string digest_of(const std::vector<Rule>& rules);

}  // namespace cardmute::config
