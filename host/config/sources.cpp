// Implements sources.hpp, and the part of load.hpp that decides where the files are.
#include "config/sources.hpp"

#include <atomic>
#include <chrono>

#include "config/document.hpp"
#include "config/load.hpp"
#include "config/report.hpp"
#include "platform/paths.hpp"
#include "platform/person.hpp"
#include "platform/registry.hpp"
#include "platform/within.hpp"

namespace cardmute::config {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

// Where Windows' Group Policy writes the machine's configuration.
constexpr const char* kPolicyKey = R"(Software\Policies\CardMute)";

std::optional<std::string> policy_text() {
  return platform::registry_text(platform::Hive::machine, platform::RegistryView::of_64_bits,
                                 kPolicyKey, "Configuration");
}

bool is_managed(const Sources& sources, const fs::path& file) {
  return sources.managed != nullptr && file == sources.machine;
}

// Uses the machine's policy if there is one. Only administrators can write it.
void find_machine(Sources& sources) {
  if (policy_text()) {
    sources.machine = std::string("HKLM\\") + kPolicyKey;
    sources.managed = policy_text;
  } else {
    sources.machine = platform::machine_config_file();
  }
}

// Whether environment variables are used. Reads only the machine's file, because other files may be
// on a slow disk.
bool environment_may(const Sources& sources) {
  const auto read = [sources] {
    if (!is_there(sources, sources.machine)) return true;
    Loaded loaded;
    Report report(sources.machine, loaded);
    const auto document = read_document(sources, sources.machine, report, sources.machine_writers);
    if (!document) return false;
    const auto said = document->content.find("environment_may");
    return said != document->content.end() && *said == json(true);
  };
  // If the machine's file has not been read in time once, no later call waits for it, so
  // kMachineFile_ms bounds the whole start.
  static std::atomic<bool> is_slow = false;
  const auto answer =
      platform::within(std::chrono::milliseconds(is_slow ? 0 : kMachineFile_ms), read);
  if (!answer) is_slow = true;
  return answer.value_or(false);
}

}  // namespace

bool is_there(const Sources& sources, const fs::path& file) {
  if (is_managed(sources, file)) return sources.managed().has_value();
  return sources.texts != nullptr ? sources.texts->contains(file) : config::is_there(file);
}

std::optional<Document> read_document(const Sources& sources, const fs::path& file, Report& report,
                                      platform::Writers writers) {
  if (is_managed(sources, file)) return parse_document(sources.managed().value_or(""), report);
  if (sources.texts != nullptr) return parse_document(sources.texts->at(file), report);
  const auto text = read_text(file, report, writers);
  return text ? parse_document(*text, report) : std::nullopt;
}

Sources places() {
  Sources sources;
  if (const auto file = platform::environment("CARDMUTE_CONFIG")) sources.only = *file;
  if (const auto folder = platform::environment("CARDMUTE_STATE_DIR")) sources.state = *folder;
  find_machine(sources);
  sources.user = platform::user_config_file();
  sources.ignored_home_variables = platform::ignored_home_variables();
  sources.environment_decides_home = platform::environment_decides_home();
  sources.packaged_callers = platform::package_folder() / "callers.json";
  return sources;
}

Sources default_sources() {
  Sources sources = places();
  sources.find_login = platform::login_name;
  return sources;
}

void decide_home() {
  Sources sources;
  find_machine(sources);
  if (!environment_may(sources)) platform::take_home_of_user_database();
}

fs::path state_directory(const Sources& sources) {
  return sources.state && environment_may(sources) ? *sources.state : platform::state_directory();
}

}  // namespace cardmute::config
