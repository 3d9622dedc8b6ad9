// Every key that a configuration file may contain, with the function that checks its value and puts
// it into the draft. There is one table for each group.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "config/config.hpp"
#include "config/extension_table.hpp"
#include "config/load.hpp"
#include "config/report.hpp"

namespace cardmute::config {

// What was read so far. The machine's file is read first; then the user's file changes the draft.
struct Draft {
  Config config;
  // The account that the provider's section describes; null before the first section.
  std::shared_ptr<telephony::Account> account;
  // The table of extensions; null if none is configured.
  std::shared_ptr<const ExtensionTable> extensions;
  // The file that has the proof; empty if none is configured.
  std::string proof_file;
  // The file that is being read.
  std::filesystem::path file;
  bool is_users_file = false;
  // Whether `file` changes what the machine's file has set.
  bool is_over_machine = false;
  // Whether the user's file names the extension, either directly or by a variable of the
  // environment.
  bool is_extension_of_users_file = false;
  // Whether the extension is the person's own choice, which is preferred to the table.
  bool has_own_extension = false;
  ExtensionNeed need = ExtensionNeed::required;
  // Whether the extension is unknown because it is in an environment variable that this process
  // does not have, or must not use.
  bool is_extension_unknown = false;
  // Whether the user's files are read, so that a person may set the extension in them.
  bool reads_users_files = true;
  // What the machine's file lets the user's file set: dotted keys, or whole groups. nullopt:
  // everything.
  std::optional<std::vector<std::string>> user_may_set;
  // The machine's `environment_may`: whether environment variables such as CARDMUTE_CONFIG are used
  // although there is a machine's file.
  bool environment_may = false;
  // The list to which the condition that is being read is appended; null at other times.
  std::vector<Condition>* conditions_being_read = nullptr;
};

// A value that is to be checked and put into the draft.
struct Setting {
  const nlohmann::json& value;
  const std::string& key;  // the dotted key, as messages name it
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
// Each takes over the value of its key (rule_keys.cpp, extension_keys.cpp, proof_keys.cpp).
void take_rules(const Setting& setting);
void take_extension(const Setting& setting);
void take_extensions(const Setting& setting);
void take_proof(const Setting& setting);
std::span<const Key> proof_keys();
// The keys at the top of a file: the names of the groups, "log", and the keys that only the
// machine's file may have.
std::span<const Key> top_keys();

// Passes each member of `group` to the function of its key, and reports unknown members. `prefix`
// is the group's dotted name; empty for the whole file.
void take_group(const nlohmann::json& group, const std::string& prefix, std::span<const Key> keys,
                Draft& draft, Report& report);

// Every key of every provider as messages name it, but without the indexes of lists:
// "policy.rules.open".
std::vector<std::string> known_keys();

}  // namespace cardmute::config
