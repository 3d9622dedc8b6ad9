// The keys of a rule of policy.rules; see keys.hpp. rules.hpp and the example configuration explain
// what they mean.
#include <algorithm>
#include <array>
#include <utility>

#include "config/keys.hpp"
#include "config/selector_flaws.hpp"
#include "config/values.hpp"

namespace cardmute::config {

using nlohmann::json;

namespace {

constexpr const char* kSelector = "a CSS selector such as \"#pay [role=dialog]\"";
constexpr const char* kCondition =
    "a CSS selector, or a group {…} of selector, text (with selector) and url";

// The rule that is being read.
Rule& rule_of(const Setting& setting) { return setting.draft.config.policy.rules.back(); }

// Calls `take` with each value of a list of 1 to `maximum` values, or with a single value that is
// not in a list.
template <typename Take>
void each_of(const Setting& setting, std::size_t maximum, const Take& take) {
  if (!setting.value.is_array()) {
    take(setting);
    return;
  }
  if (setting.value.empty() || setting.value.size() > maximum) {
    setting.report.wrong(setting.key, "found a list of " + std::to_string(setting.value.size()),
                         "one, or a list of 1 to " + std::to_string(maximum));
    return;
  }
  for (std::size_t i = 0; i < setting.value.size(); ++i) {
    const std::string key = setting.key + "[" + std::to_string(i) + "]";
    take(Setting{setting.value[i], key, setting.draft, setting.report});
  }
}

std::optional<std::string> selector_of(const Setting& setting) {
  auto text = text_of(setting, kSelector, kMaxSelector_characters);
  if (!text) return std::nullopt;
  if (const auto flaw = flaw_of_selector(*text)) {
    setting.report.wrong(setting.key, "found " + in_quotes(*text) + "; it has " + *flaw, kSelector);
    return std::nullopt;
  }
  return text;
}

// --- The keys of a condition

Condition& condition_of(const Setting& setting) {
  return setting.draft.conditions_being_read->back();
}

void take_one_condition(const Setting& setting) {
  auto& conditions = *setting.draft.conditions_being_read;
  if (setting.value.is_string()) {
    if (auto selector = selector_of(setting)) conditions.push_back({*selector, "", ""});
    return;
  }
  if (!setting.value.is_object()) {
    setting.report.wrong(setting.key, "found " + describe(setting.value), kCondition);
    return;
  }
  conditions.emplace_back();
  take_group(setting.value, setting.key, condition_keys(), setting.draft, setting.report);
  const auto has = [&](const char* name) { return setting.value.contains(name); };
  if (has("text") && !has("selector")) {
    setting.report.wrong(setting.key, "found text without selector",
                         "selector as well, which says where to look for the text");
  } else if (setting.value.empty()) {
    setting.report.wrong(setting.key, "found an empty group", kCondition);
  }
}

void take_conditions(const Setting& setting, std::vector<Condition>& conditions) {
  setting.draft.conditions_being_read = &conditions;
  each_of(setting, kMaxConditions, take_one_condition);
  setting.draft.conditions_being_read = nullptr;
}

// --- The other keys of a rule

void take_match(const Setting& setting) {
  each_of(setting, kMaxRuleMatches, [](const Setting& one) {
    if (auto pattern = pattern_of(one)) rule_of(one).match.push_back(std::move(*pattern));
  });
}

void take_result(const Setting& setting) {
  constexpr const char* kExpected = "a group {…} with approved or declined, or both";
  if (!setting.value.is_object() || setting.value.empty()) {
    const bool empty = setting.value.is_object();
    setting.report.wrong(
        setting.key, "found " + (empty ? "an empty group" : describe(setting.value)), kExpected);
    return;
  }
  take_group(setting.value, setting.key, rule_result_keys(), setting.draft, setting.report);
}

void take_ignore(const Setting& setting) {
  if (setting.value.is_boolean()) {
    rule_of(setting).ignore_all = setting.value.get<bool>();
    if (!rule_of(setting).ignore_all) {
      setting.report.wrong(setting.key, "found false",
                           "true, a CSS selector or a list of them; or no such key");
    }
    return;
  }
  each_of(setting, kMaxIgnored_selectors, [](const Setting& one) {
    if (auto selector = selector_of(one)) rule_of(one).ignore.push_back(std::move(*selector));
  });
}

// Returns `rule "Pay dialog"`, or "rule number 3" if the rule has no name.
std::string subject_of(const json& rule, std::size_t index) {
  const auto name = rule.is_object() ? rule.find("name") : rule.end();
  if (name != rule.end() && name->is_string() && !name->get_ref<const std::string&>().empty()) {
    return "rule " + in_quotes(name->get<std::string>());
  }
  return "rule number " + std::to_string(index + 1);
}

void require_keys(const Setting& setting) {
  const auto has = [&](const char* name) { return setting.value.contains(name); };
  if (!has("name")) {
    setting.report.wrong(join(setting.key, "name"), "missing",
                         "a name that no other rule has, for messages and the ledger");
  }
  if (!has("match")) {
    setting.report.wrong(join(setting.key, "match"), "missing",
                         "the pages it is for, such as \"https://crm.example.com/*\"");
  }
  if (!has("open") && !has("close") && !has("result") && !has("ignore")) {
    setting.report.wrong(setting.key, "it says nothing about these pages",
                         "at least one of open, close, result and ignore");
  }
}

void require_another_name(const Setting& setting, const std::vector<Rule>& rules) {
  const std::string& name = rules.back().name;
  const auto same = std::find_if(rules.begin(), rules.end() - 1, [&name](const Rule& rule) {
    return !name.empty() && rule.name == name;
  });
  if (same == rules.end() - 1) return;
  setting.report.wrong(
      join(setting.key, "name"),
      "rule number " + std::to_string(same - rules.begin() + 1) + " has this name already",
      "a name that no other rule has");
}

void take_rule(const Setting& setting) {
  auto& rules = setting.draft.config.policy.rules;
  rules.emplace_back();
  if (!setting.value.is_object()) {
    setting.report.wrong(setting.key, "found " + describe(setting.value),
                         "a group {…} with name, match and what to look for");
    return;
  }
  take_group(setting.value, setting.key, rule_keys(), setting.draft, setting.report);
  require_keys(setting);
  require_another_name(setting, rules);
}

}  // namespace

void take_rules(const Setting& setting) {
  auto& rules = setting.draft.config.policy.rules;
  rules.clear();
  if (!setting.value.is_array() || setting.value.size() > kMaxRules) {
    const bool list = setting.value.is_array();
    setting.report.wrong(
        setting.key,
        "found " +
            (list ? std::to_string(setting.value.size()) + " rules" : describe(setting.value)),
        "a list of at most " + std::to_string(kMaxRules) + " rules, each a group {…}");
    return;
  }
  std::size_t bytes = 0;
  for (std::size_t i = 0; i < setting.value.size(); ++i) {
    const std::string key = setting.key + "[" + std::to_string(i) + "]";
    setting.report.about(subject_of(setting.value[i], i));
    take_rule({setting.value[i], key, setting.draft, setting.report});
    setting.report.about("");
    bytes += bytes_of(rules.back());
  }
  if (bytes > kMaxRules_bytes) {
    setting.report.wrong(
        setting.key, "found " + std::to_string(bytes) + " bytes of text",
        "at most " + std::to_string(kMaxRules_bytes / 1024) + " KiB in all rules together");
  }
}

std::span<const Key> rule_keys() {
  static constexpr std::array<Key, 6> kKeys{{
      {"name",
       [](const Setting& setting) {
         rule_of(setting).name =
             text_of(setting, "the rule's name", kMaxRuleName_characters).value_or("");
       }},
      {"match", take_match},
      {"open", [](const Setting& setting) { take_conditions(setting, rule_of(setting).open); }},
      {"close", [](const Setting& setting) { take_conditions(setting, rule_of(setting).close); }},
      {"result", take_result},
      {"ignore", take_ignore},
  }};
  return kKeys;
}

std::span<const Key> rule_result_keys() {
  static constexpr std::array<Key, 2> kKeys{{
      {"approved",
       [](const Setting& setting) { take_conditions(setting, rule_of(setting).approved); }},
      {"declined",
       [](const Setting& setting) { take_conditions(setting, rule_of(setting).declined); }},
  }};
  return kKeys;
}

std::span<const Key> condition_keys() {
  static constexpr std::array<Key, 3> kKeys{{
      {"selector",
       [](const Setting& setting) {
         condition_of(setting).selector = selector_of(setting).value_or("");
       }},
      {"text",
       [](const Setting& setting) {
         condition_of(setting).text =
             text_of(setting, "words of the element", kMaxConditionText_characters).value_or("");
       }},
      {"url",
       [](const Setting& setting) {
         condition_of(setting).url = pattern_of(setting).value_or("");
       }},
  }};
  return kKeys;
}

}  // namespace cardmute::config
