// Machine's file, user's over it, or one file alone; see load.hpp.
#include "config/load.hpp"

#include <algorithm>

#include "config/document.hpp"
#include "config/keys.hpp"
#include "config/values.hpp"

namespace cardmute::config {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

constexpr const char* kExtensionKey = "voicenter.extension";

// What only an administrator may say, and so only the machine's file.
void drop_machine_keys(json& document, Report& report) {
  for (const char* key : {"user_may_set", "allowed_callers"}) {
    if (document.erase(key) > 0) {
      report.warn(key, "ignored: only the machine's configuration may set it");
    }
  }
}

bool is_allowed(const std::string& section, const std::string& key,
                const std::vector<std::string>& allowed) {
  return std::find(allowed.begin(), allowed.end(), section) != allowed.end() ||
         std::find(allowed.begin(), allowed.end(), key) != allowed.end();
}

// Takes out of a user's document what the machine's configuration keeps for itself. Unknown keys
// stay, so that they are reported as such.
void drop_kept_keys(json& document, const std::vector<std::string>& allowed, Report& report) {
  const std::vector<std::string> known = known_keys();
  for (const auto& [section, members] : document.items()) {
    if (!members.is_object()) {
      continue;
    }
    const json before = members;  // erasing moves what would be walked over
    for (const auto& [name, value] : before.items()) {
      const std::string key = join(section, name);
      const bool is_known = std::find(known.begin(), known.end(), key) != known.end();
      if (is_known && !is_allowed(section, key, allowed)) {
        report.warn(key, "ignored: the machine's configuration does not let a user set it");
        members.erase(name);
      }
    }
  }
}

void take_document(const json& document, Draft& draft, Report& report) {
  take_group(document, "", top_keys(), draft, report);
}

// The file that CARDMUTE_CONFIG names.
void load_only(const fs::path& file, Draft& draft, Loaded& loaded) {
  Report report(file, loaded);
  if (!is_there(file)) {
    report.wrong("", "there is no such file", "the file that CARDMUTE_CONFIG names");
    return;
  }
  loaded.files_read.push_back(file);
  if (auto document = read_document(file, report)) {
    drop_machine_keys(*document, report);
    take_document(*document, draft, report);
  }
}

void load_machine(const Sources& sources, Draft& draft, Loaded& loaded) {
  Report report(sources.machine, loaded);
  if (const auto reason = sources.loose(sources.machine)) {
    report.wrong("", "refused, because others could change what is muted: " + *reason,
                 "a file and a folder that only root can write");
    return;
  }
  loaded.files_read.push_back(sources.machine);
  draft.user_may_set = {kExtensionKey};
  if (const auto document = read_document(sources.machine, report)) {
    take_document(*document, draft, report);
  }
}

void load_user(const Sources& sources, Draft& draft, Loaded& loaded) {
  Report report(sources.user, loaded);
  loaded.files_read.push_back(sources.user);
  if (auto document = read_document(sources.user, report)) {
    drop_machine_keys(*document, report);
    if (draft.user_may_set) {
      drop_kept_keys(*document, *draft.user_may_set, report);
    }
    take_document(*document, draft, report);
  }
}

void load_places(const Sources& sources, Draft& draft, Loaded& loaded) {
  const bool machine = is_there(sources.machine);
  const bool user = is_there(sources.user);
  if (!machine && !user) {
    Report(sources.user, loaded)
        .wrong("",
               "no configuration: this file does not exist, nor does " + sources.machine.string(),
               "one of the two; config.example.jsonc, which comes with CardMute, shows what it "
               "holds");
    return;
  }
  if (machine) {
    load_machine(sources, draft, loaded);
  }
  // After a machine's file with errors it is not known what a user may set.
  if (user && loaded.errors.empty()) {
    load_user(sources, draft, loaded);
  }
}

void require_extension(const Sources& sources, const Draft& draft, Loaded& loaded) {
  const bool reported = std::any_of(
      loaded.errors.begin(), loaded.errors.end(),
      [](const Problem& problem) { return problem.key.empty() || problem.key == kExtensionKey; });
  if (!draft.config.voicenter.extension.empty() || reported) {
    return;
  }
  const bool may_be_users =
      !sources.only &&
      (!draft.user_may_set || is_allowed("voicenter", kExtensionKey, *draft.user_may_set));
  const fs::path& file = loaded.files_read.back();
  Report(file, loaded)
      .wrong(kExtensionKey, "missing",
             may_be_users && file != sources.user
                 ? "the agent's SIP ID, here or in " + sources.user.string()
                 : "the agent's SIP ID");
}

void require_active_calls(const Draft& draft, Loaded& loaded) {
  if (!draft.config.voicenter.by_call || draft.config.voicenter.active_calls ||
      !loaded.errors.empty()) {
    return;
  }
  Report(loaded.files_read.back(), loaded)
      .wrong(
          "voicenter.target", "\"call\" without voicenter.active_calls",
          "\"extension\", or active_calls as well: only the list of active calls says which calls "
          "there are");
}

}  // namespace

Sources default_sources() {
  Sources sources;
  if (const auto file = platform::environment("CARDMUTE_CONFIG")) {
    sources.only = *file;
  }
  sources.machine = platform::machine_config_file();
  sources.user = platform::user_config_file();
  return sources;
}

Loaded load(const Sources& sources) {
  Loaded loaded;
  Draft draft;
  if (sources.only) {
    load_only(*sources.only, draft, loaded);
  } else {
    load_places(sources, draft, loaded);
  }
  require_extension(sources, draft, loaded);
  require_active_calls(draft, loaded);
  loaded.allowed_callers = draft.config.allowed_callers;
  if (loaded.errors.empty()) {
    loaded.config = draft.config;
  }
  return loaded;
}

std::string fingerprint(const Sources& sources) {
  if (sources.only) {
    return platform::file_stamp(*sources.only);
  }
  // The machine's folder as well: its permissions decide whether its file is used.
  return platform::file_stamp(sources.machine) + "|" +
         platform::file_stamp(sources.machine.parent_path()) + "|" +
         platform::file_stamp(sources.user);
}

}  // namespace cardmute::config
