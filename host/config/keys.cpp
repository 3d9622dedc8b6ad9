// The groups of the configuration, and what to say about a key that no group has; see keys.hpp.
#include "config/keys.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <numeric>

#include "config/callers.hpp"
#include "config/values.hpp"

namespace cardmute::config {

namespace {

// More changed letters than this, and a known key is no likely meaning of an unknown one.
constexpr std::size_t kMaxTypos_letters = 3;

// How many letters have to be put in, taken out or changed to make one text the other.
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

// "policy.rules[2].open" as known_keys() has it.
std::string without_numbers(const std::string& key) {
  std::string result;
  bool inside = false;
  for (const char c : key) {
    inside = inside ? c != ']' : c == '[';
    if (!inside && c != ']') result += c;
  }
  return result;
}

// The known key that was most likely meant, wherever in the file it belongs; empty when none is
// near.
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

// Only groups and the keys right inside them can be handed to users, never the machine's own keys.
bool may_be_handed_over(const std::string& key) {
  std::vector<std::string> names{"voicenter", "policy"};
  append_names(voicenter_keys(), "voicenter", names);
  append_names(policy_keys(), "policy", names);
  return std::find(names.begin(), names.end(), key) != names.end();
}

void take_user_may_set(const Setting& setting) {
  constexpr const char* kExpected =
      R"(a list of "voicenter", "policy" or keys inside them, such as "voicenter.extension")";
  std::vector<std::string> allowed;
  for (const Item& item : items(setting, kExpected, known_keys().size())) {
    if (may_be_handed_over(item.text)) {
      allowed.push_back(item.text);
    } else {
      setting.report.wrong(item.key, "found " + in_quotes(item.text), kExpected);
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

}  // namespace

std::span<const Key> top_keys() {
  static constexpr std::array<Key, 4> kKeys{{
      {"voicenter", [](const Setting& setting) { take_section(setting, voicenter_keys()); }},
      {"policy", [](const Setting& setting) { take_section(setting, policy_keys()); }},
      {"user_may_set", take_user_may_set},
      {"allowed_callers", take_allowed_callers},
  }};
  return kKeys;
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
    const std::string guess = nearest(name, prefix);
    const std::string question = guess.empty() ? "" : "; did you mean \"" + guess + "\"?";
    report.wrong(dotted, "unknown key" + question, "one of " + names_of(keys));
  }
}

std::vector<std::string> known_keys() {
  std::vector<std::string> names;
  append_names(top_keys(), "", names);
  append_names(voicenter_keys(), "voicenter", names);
  append_names(active_calls_keys(), "voicenter.active_calls", names);
  append_names(policy_keys(), "policy", names);
  append_names(rule_keys(), "policy.rules", names);
  append_names(rule_result_keys(), "policy.rules.result", names);
  for (const char* list : {"open", "close", "result.approved", "result.declined"}) {
    append_names(condition_keys(), join("policy.rules", list), names);
  }
  return names;
}

}  // namespace cardmute::config
