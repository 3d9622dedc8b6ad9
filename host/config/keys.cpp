#include "config/keys.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <iterator>
#include <numeric>

#include "config/callers.hpp"
#include "config/section.hpp"
#include "config/values.hpp"

namespace cardmute::config {

namespace {

// A known key that differs from an unknown one in more letters than this is not suggested.
constexpr std::size_t kMaxTypos_letters = 3;

// The Levenshtein distance of two texts.
std::size_t distance(std::string_view from, std::string_view to) {
  std::vector<std::size_t> row(to.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < from.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < to.size(); ++j) {
      const std::size_t change = diagonal + (from[i] == to[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({row[j + 1] + 1, row[j] + 1, change});
    }
  }
  return row.back();
}

std::string_view last_part(std::string_view dotted) { return dotted.substr(dotted.rfind('.') + 1); }

// Turns "policy.rules[2].open" into "policy.rules.open", as in known_keys().
std::string without_numbers(const std::string& key) {
  std::string result;
  bool inside = false;
  for (const char c : key) {
    inside = inside ? c != ']' : c == '[';
    if (!inside && c != ']') result += c;
  }
  return result;
}

// The known key that was most likely meant, in any group; empty if none is similar.
std::string nearest(const std::string& name, const std::string& numbered_prefix) {
  const std::string prefix = without_numbers(numbered_prefix);
  std::string best;
  std::size_t best_distance = std::min(kMaxTypos_letters, name.size() / 2) + 1;
  for (const std::string& key : known_keys()) {
    const std::size_t typos = distance(name, last_part(key));
    const bool same_group = key == join(prefix, std::string(last_part(key)));
    if (typos < best_distance || (typos == best_distance && same_group && !best.empty())) {
      best = key;
      best_distance = typos;
    }
  }
  return best;
}

std::string names_of(std::span<const Key> keys) {
  std::string names;
  for (const Key& key : keys) {
    names += (names.empty() ? "" : ", ") + std::string(key.name);
  }
  return names;
}

void append_names(std::span<const Key> keys, const std::string& prefix,
                  std::vector<std::string>& names) {
  for (const Key& key : keys) {
    names.push_back(join(prefix, std::string(key.name)));
  }
}

void take_section(const Setting& setting, std::span<const Key> keys) {
  if (!setting.value.is_object()) {
    setting.report.wrong(setting.key, "found " + kind_of(setting.value), "a group {…}");
    return;
  }
  take_group(setting.value, setting.key, keys, setting.draft, setting.report);
}

std::vector<Key> keys_of(const Section& section) {
  std::vector<Key> keys(section.keys.begin(), section.keys.end());
  std::ranges::copy(account_keys(), std::back_inserter(keys));
  return keys;
}

// Takes over a telephone provider's section. The machine's file and the user's file can each
// contain a part of it, so the account may already exist.
void take_provider(const Setting& setting) {
  auto& account = setting.draft.account;
  if (account && account->names().section != setting.key) {
    setting.report.wrong(setting.key, "a second telephone provider",
                         "only one of them: \"" + std::string(account->names().section) +
                             "\" or \"" + setting.key + "\"");
    return;
  }
  const Section& section = *section_named(setting.key);
  // Copies of a draft share the account, so it is copied before it is changed.
  account = account ? account->copy() : section.make_account();
  take_section(setting, keys_of(section));
}

std::string quoted_sections() {
  std::string names;
  for (const Section* section : sections()) names += "\"" + std::string(section->name) + "\", ";
  return names;
}

// Whether user_may_set may name this key: a group, or a key directly in a group, except keys that
// only the machine's file may have.
bool may_be_handed_over(const std::string& key) {
  std::vector<std::string> names{"policy"};
  append_names(policy_keys(), "policy", names);
  for (const Section* section : sections()) {
    names.emplace_back(section->name);
    append_names(keys_of(*section), std::string(section->name), names);
  }
  return std::find(names.begin(), names.end(), key) != names.end();
}

void take_user_may_set(const Setting& setting) {
  const std::string expected = "a list of " + quoted_sections() +
                               R"("policy" or keys inside them, such as ")" +
                               std::string(sections().front()->name) + ".extension\"";
  std::vector<std::string> allowed;
  for (const Item& item : items(setting, expected, known_keys().size())) {
    if (may_be_handed_over(item.text)) {
      allowed.push_back(item.text);
    } else {
      setting.report.wrong(item.key, "found " + in_quotes(item.text), expected);
    }
  }
  setting.draft.user_may_set = allowed;
}

void take_allowed_callers(const Setting& setting) {
  constexpr const char* kExpected =
      "a list of \"chrome-extension://<32 letters a to p>/\" or Firefox add-on IDs";
  std::vector<std::string> callers;
  for (const Item& item : items(setting, kExpected, kMaxCallers)) {
    if (is_chromium_caller(item.text) || is_firefox_caller(item.text)) {
      callers.push_back(item.text);
    } else {
      setting.report.wrong(item.key, "found " + in_quotes(item.text), kExpected);
    }
  }
  setting.draft.config.allowed_callers = callers;
}

void take_environment_may(const Setting& setting) {
  auto& allowed = setting.draft.environment_may;
  allowed = flag_of(setting).value_or(allowed);
}

void take_log(const Setting& setting) {
  if (setting.draft.is_over_machine) {
    setting.report.warn(setting.key, "ignored: the machine's configuration decides it");
  } else if (const auto chosen = choice_of(setting, kLogPlaces)) {
    setting.draft.config.log = *chosen;
  }
}

}  // namespace

std::span<const Key> top_keys() {
  static const std::vector<Key> keys = [] {
    std::vector<Key> made;
    for (const Section* section : sections()) made.push_back({section->name, take_provider});
    made.push_back(
        {"policy", [](const Setting& setting) { take_section(setting, policy_keys()); }});
    made.push_back({"log", take_log});
    made.push_back({"user_may_set", take_user_may_set});
    made.push_back({"allowed_callers", take_allowed_callers});
    made.push_back({"environment_may", take_environment_may});
    return made;
  }();
  return keys;
}

const Section* section_named(std::string_view name) {
  const auto found = std::ranges::find(sections(), name, &Section::name);
  return found == sections().end() ? nullptr : *found;
}

void take_group(const nlohmann::json& group, const std::string& prefix, std::span<const Key> keys,
                Draft& draft, Report& report) {
  for (const auto& [name, value] : group.items()) {
    const std::string dotted = join(prefix, name);
    const auto known = std::find_if(
        keys.begin(), keys.end(), [&wanted = name](const Key& key) { return key.name == wanted; });
    if (known != keys.end()) {
      known->take({value, dotted, draft, report});
      continue;
    }
    // After kMaxProblems problems no known key is suggested: the file may have very many unknown
    // keys, and comparing each with every known key would take too long.
    const std::string guess = report.is_full() ? "" : nearest(name, prefix);
    const std::string question = guess.empty() ? "" : "; did you mean \"" + guess + "\"?";
    report.wrong(dotted, "unknown key" + question, "one of " + names_of(keys));
  }
}

std::vector<std::string> known_keys() {
  std::vector<std::string> names;
  append_names(top_keys(), "", names);
  for (const Section* section : sections()) {
    const std::string name(section->name);
    append_names(keys_of(*section), name, names);
    append_names(proof_keys(), join(name, "proof"), names);
    for (const KeyGroup& group : section->groups) {
      append_names(group.keys, join(name, std::string(group.name)), names);
    }
  }
  append_names(policy_keys(), "policy", names);
  append_names(rule_keys(), "policy.rules", names);
  append_names(rule_result_keys(), "policy.rules.result", names);
  for (const char* list : {"open", "close", "result.approved", "result.declined"}) {
    append_names(condition_keys(), join("policy.rules", list), names);
  }
  return names;
}

}  // namespace cardmute::config
