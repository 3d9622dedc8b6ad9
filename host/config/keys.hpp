// Every key a configuration file may hold, each with the function that checks and takes its value.
// One table for each group; load.cpp walks them. For config/, the providers' sections and tests.
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

// What has been read so far: the machine's file first, the user's over it.
struct Draft {
  Config config;
  // The account that the provider's section describes; null until there is one.
  std::shared_ptr<telephony::Account> account;
  // The machine's word on what a user's file may set: dotted keys or whole groups.
  std::optional<std::vector<std::string>> user_may_set;
  // Whether CARDMUTE_CONFIG and CARDMUTE_STATE_DIR count.
  bool environment_may = false;
  // The list that the condition being read goes to.
  std::vector<Condition>* conditions_being_read = nullptr;
};

// One value on its way into the draft.
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
// Of one rule, of its result, and of a condition in any of them (rule_keys.cpp).
std::span<const Key> rule_keys();
std::span<const Key> rule_result_keys();
std::span<const Key> condition_keys();
// The value of "policy.rules".
void take_rules(const Setting& setting);
// The groups themselves and the machine's own keys.
std::span<const Key> top_keys();

// Hands every member of `group` to its key, and reports members that no key is for. `prefix` is the
// group's own dotted name, empty for the whole file.
void take_group(const nlohmann::json& group, const std::string& prefix, std::span<const Key> keys,
                Draft& draft, Report& report);

// Every key as messages name it, without the numbers of lists: "policy.rules.open". Of every
// provider that this program knows.
std::vector<std::string> known_keys();

}  // namespace cardmute::config
