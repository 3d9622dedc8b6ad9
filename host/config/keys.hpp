// Every key that a configuration file may contain, each with the function that checks its value and
// puts it into the draft. One table for each group.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "config/config.hpp"
#include "config/report.hpp"

namespace cardmute::config {

// What was read so far. The machine's file is read first; the user's file then changes it.
struct Draft {
  Config config;
  // The account that the provider's section describes; null before the first section.
  std::shared_ptr<telephony::Account> account;
  // What the machine's file lets a user's file set: dotted keys or whole groups.
  std::optional<std::vector<std::string>> user_may_set;
  // Whether CARDMUTE_CONFIG and CARDMUTE_STATE_DIR count.
  bool environment_may = false;
  // Where the condition that is being read is appended; null at other times.
  std::vector<Condition>* conditions_being_read = nullptr;
};

// A value to be checked and put into the draft.
struct Setting {
  const nlohmann::json& value;
  const std::string& key;  // dotted, as messages name it
  Draft& draft;
  Report& report;
};

struct Key {
  std::string_view name;
  void (*take)(const Setting&);
};

std::span<const Key> policy_keys();
// The keys of a rule, of its result, and of a condition (rule_keys.cpp).
std::span<const Key> rule_keys();
std::span<const Key> rule_result_keys();
std::span<const Key> condition_keys();
// Takes the value of "policy.rules".
void take_rules(const Setting& setting);
// The groups, and the keys that only the machine's file may have.
std::span<const Key> top_keys();

// Passes each member of `group` to its key, and reports unknown members. `prefix`: the group's
// dotted name; empty for the whole file.
void take_group(const nlohmann::json& group, const std::string& prefix, std::span<const Key> keys,
                Draft& draft, Report& report);

// Every key of every provider as messages name it, but without indexes of lists:
// "policy.rules.open".
std::vector<std::string> known_keys();

}  // namespace cardmute::config
