#include "config/load.hpp"

#include <algorithm>
#include <utility>

#include "config/document.hpp"
#include "config/extension_choice.hpp"
#include "config/keys.hpp"
#include "config/packaged_callers.hpp"
#include "config/section.hpp"
#include "config/sources.hpp"
#include "config/user_document.hpp"
#include "config/values.hpp"
#include "platform/paths.hpp"

namespace cardmute::config {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

constexpr const char* kExtension = "extension";

std::string extension_key_of(const Section& section) {
  return join(std::string(section.name), kExtension);
}

// What user_may_set allows by default: each provider's `extension`, because each agent has a
// telephone extension of his own.
std::vector<std::string> users_own_keys() {
  std::vector<std::string> keys;
  for (const Section* section : sections()) keys.push_back(extension_key_of(*section));
  return keys;
}

// Removes the keys that only the machine's file may have.
void drop_machine_keys(json& document, Report& report) {
  for (const char* key : {"user_may_set", "allowed_callers", "environment_may"}) {
    if (document.erase(key) > 0) {
      report.warn(key, "ignored: only the machine's configuration may set it");
    }
  }
}

void take_document(const json& document, Draft& draft, Report& report) {
  take_group(document, "", top_keys(), draft, report);
}

std::vector<telephony::NamedFile> named_files(const Draft& draft) {
  if (!draft.account) return {};
  auto files = draft.account->named_files();
  if (draft.extensions && !draft.extensions->file.empty()) {
    files.push_back({draft.account->key("extensions.file"), draft.extensions->file});
  }
  if (!draft.proof_file.empty()) {
    files.push_back({draft.account->key("proof.file"), draft.proof_file});
  }
  return files;
}

// Warns of named files that others could write, and of secrets that others could read. Whoever can
// write the CA file decides which servers the host trusts. Whoever can write the table decides
// whose calls are muted, and whoever can write a file with a secret decides whose calls are listed.
// Whoever can read the secret can list those calls too. `before`: the files that were named before
// this configuration file was read.
void warn_of_unsafe_files(const Draft& draft, platform::Owner owner,
                          const std::vector<telephony::NamedFile>& before, Report& report) {
  for (const auto& named : named_files(draft)) {
    if (std::ranges::find(before, named) != before.end()) continue;
    const auto unsafe =
        named.file.empty() ? std::nullopt : platform::writable_by_others(named.file, owner);
    if (unsafe) {
      report.warn_in_force(named.key, "used, although others could change it: " + *unsafe,
                           kProtectFile);
    }
    if (!named.is_secret) continue;
    const fs::path file = named.file.empty() ? draft.file : fs::path(named.file);
    if (const auto readable = platform::readable_by_others(file, owner)) {
      report.warn_in_force(named.key, "used, although others could read it: " + *readable,
                           kProtectSecret);
    }
  }
}

// Loads a file that is the whole configuration, not one over a machine's file.
void load_alone(const Sources& sources, const fs::path& file, Draft& draft, Loaded& loaded) {
  Report report(file, loaded);
  loaded.files_read.push_back(file);
  draft.file = file;
  draft.is_users_file = file == sources.user;
  if (auto document = read_document(sources, file, report)) {
    drop_machine_keys(document->content, report);
    take_document(document->content, draft, report);
    if (sources.texts == nullptr) {
      warn_of_unsafe_files(draft, platform::Owner::this_user, {}, report);
    }
  }
}

// Loads the file that CARDMUTE_CONFIG names.
void load_only(const Sources& sources, Draft& draft, Loaded& loaded) {
  draft.reads_users_files = false;
  if (is_there(sources, *sources.only)) {
    load_alone(sources, *sources.only, draft, loaded);
    return;
  }
  Report(*sources.only, loaded)
      .wrong("", "there is no such file", "the file that CARDMUTE_CONFIG names");
}

void load_machine(const Sources& sources, Draft& draft, Loaded& loaded) {
  Report report(sources.machine, loaded);
  loaded.files_read.push_back(sources.machine);
  draft.file = sources.machine;
  draft.user_may_set = users_own_keys();
  if (const auto document =
          read_document(sources, sources.machine, report, sources.machine_writers)) {
    take_document(document->content, draft, report);
    if (sources.texts == nullptr && sources.machine_writers == platform::Writers::root) {
      warn_of_unsafe_files(draft, platform::Owner::root, {}, report);
    }
  }
}

// Loads the user's file over the machine's file. Where the user's file is wrong, the machine's file
// is used.
void load_user(const Sources& sources, Draft& draft, Loaded& loaded) {
  Report report(sources.user, loaded, Wrong::is_ignored);
  loaded.files_read.push_back(sources.user);
  draft.file = sources.user;
  draft.is_users_file = true;
  draft.is_over_machine = true;
  auto document = read_document(sources, sources.user, report);
  if (!document) return;
  drop_machine_keys(document->content, report);
  const auto before = named_files(draft);
  take_over_machine(std::move(*document), draft, report);
  if (sources.texts == nullptr) {
    warn_of_unsafe_files(draft, platform::Owner::this_user, before, report);
  }
}

// What is wrong with a path in a variable. A path with an invisible character leads elsewhere, and
// only a shell expands ~.
std::optional<std::string> flaw_of_variable(const fs::path& value) {
  if (auto hidden = flaw_of_line(value.string())) return "found " + *hidden;
  if (std::ranges::find(value, "~") == value.end()) return std::nullopt;
  return "found ~, which a shell replaces by the home folder and nothing else does";
}

// Reports what is wrong with the environment variables, if they are used.
void check_environment(const Sources& sources, Loaded& loaded) {
  if (!loaded.environment_counts) return;
  for (const auto& [name, value] : {std::pair{"CARDMUTE_CONFIG", sources.only},
                                    std::pair{"CARDMUTE_STATE_DIR", sources.state}}) {
    const auto flaw = value ? flaw_of_variable(*value) : std::nullopt;
    if (!flaw) continue;
    Report(*value, loaded)
        .wrong("", "in the environment's " + std::string(name) + ": " + *flaw, "a full path");
  }
}

// Warns of environment variables that are set but not used.
void ignore_environment(const Sources& sources, Loaded& loaded) {
  loaded.environment_counts = false;
  Report report(sources.machine, loaded);
  auto names = sources.ignored_home_variables;
  if (sources.state) names.insert(names.begin(), "CARDMUTE_STATE_DIR");
  if (sources.only) names.insert(names.begin(), "CARDMUTE_CONFIG");
  if (sources.environment_decides_home) {
    report.warn_in_force("",
                         "HOME and XDG_… say where the state is, although this file does not "
                         "let the environment decide: the system's user database has no home for "
                         "this user, or did not answer",
                         "give this user a home there");
  }
  for (const std::string& name : names) {
    loaded.ignored_variables.push_back(name);
    report.warn("environment_may", name +
                                       " is set and ignored. This file lets the environment "
                                       "decide only with \"environment_may\": true");
  }
}

void load_under_machine(const Sources& sources, Draft& draft, Loaded& loaded) {
  load_machine(sources, draft, loaded);
  const bool sound = loaded.errors.empty();
  if (!draft.environment_may) {
    ignore_environment(sources, loaded);
  } else if (sources.only) {
    Draft alone;
    alone.need = sources.need;
    alone.config.allowed_callers = draft.config.allowed_callers;
    draft = std::move(alone);
    loaded.files_read.clear();
    load_only(sources, draft, loaded);
    return;
  }
  // If the machine's file has errors, it is not known what a user may set.
  if (sound && is_there(sources, sources.user)) load_user(sources, draft, loaded);
  if (sound) loaded.policy = draft.config.policy;
}

void load_places(const Sources& sources, Draft& draft, Loaded& loaded) {
  loaded.machine_file = is_there(sources, sources.machine);
  if (loaded.machine_file) {
    load_under_machine(sources, draft, loaded);
  } else if (sources.only) {
    load_only(sources, draft, loaded);
  } else if (is_there(sources, sources.user)) {
    load_alone(sources, sources.user, draft, loaded);
  } else {
    Report(sources.user, loaded)
        .wrong("",
               "no configuration: this file does not exist, nor does " + sources.machine.string(),
               "one of the two; config.example.jsonc, which comes with CardMute, shows what it "
               "holds");
  }
}

void require_active_calls(const Draft& draft, Loaded& loaded) {
  if (!needs_active_calls(draft) || !loaded.errors.empty()) return;
  Report(loaded.files_read.back(), loaded)
      .wrong(
          draft.account->key("target"), call_without_list(*draft.account),
          "\"extension\", or active_calls or realtime as well: only the provider says which calls "
          "there are");
}

}  // namespace

Loaded load(const Sources& sources) {
  Loaded loaded;
  Draft draft;
  draft.need = sources.need;
  load_places(sources, draft, loaded);
  check_environment(sources, loaded);
  take_asked_extension(sources, draft, loaded);
  choose_extension(sources, draft, loaded);
  require_active_calls(draft, loaded);
  loaded.allowed_callers = draft.config.allowed_callers;
  add_packaged_callers(sources, loaded);
  loaded.named_files = draft.config.named_files;
  if (loaded.errors.empty()) {
    loaded.config = draft.config;
    loaded.config->account = draft.account;
  }
  return loaded;
}

std::vector<std::string> load_callers(const Sources& sources) {
  Loaded loaded;
  if (is_there(sources, sources.machine)) {
    Report report(sources.machine, loaded);
    const auto document = read_document(sources, sources.machine, report, sources.machine_writers);
    if (document) loaded.allowed_callers = callers_in(document->content, report);
  }
  add_packaged_callers(sources, loaded);
  return loaded.allowed_callers;
}

std::string fingerprint(const Sources& sources, const std::vector<std::string>& named_files) {
  std::string stamps;
  const auto add = [&stamps](const fs::path& file) { stamps += platform::file_stamp(file) + "|"; };
  if (sources.managed != nullptr) stamps += sources.managed().value_or("") + "|";
  add(sources.machine);
  // The owners and permissions of the folders of the machine's file decide whether the file is
  // used.
  stamps += platform::way_stamp(sources.machine) + "|";
  if (sources.only) add(*sources.only);
  add(sources.user);
  add(asked_extension_file(sources));
  for (const std::string& file : named_files) {
    add(file);
  }
  return stamps;
}

}  // namespace cardmute::config
