// Parts of load.hpp: where the files are, and whether the environment decides that.
#include <chrono>

#include "config/document.hpp"
#include "config/load.hpp"
#include "config/report.hpp"
#include "platform/paths.hpp"
#include "platform/person.hpp"
#include "platform/within.hpp"

namespace cardmute::config {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

// Whether the environment counts. Reads the machine's file only: other files may be on a slow disk.
bool environment_may(const Sources& sources) {
  const auto read = [sources] {
    if (!config::is_there(sources.machine)) return true;
    Loaded loaded;
    Report report(sources.machine, loaded);
    const auto text = read_text(sources.machine, report, sources.machine_writers);
    const auto document = text ? parse_document(*text, report) : std::nullopt;
    if (!document) return false;
    const auto said = document->content.find("environment_may");
    return said != document->content.end() && *said == json(true);
  };
  return platform::within(std::chrono::milliseconds(kMachineFile_ms), read).value_or(false);
}

}  // namespace

Sources places() {
  Sources sources;
  if (const auto file = platform::environment("CARDMUTE_CONFIG")) sources.only = *file;
  if (const auto folder = platform::environment("CARDMUTE_STATE_DIR")) sources.state = *folder;
  sources.machine = platform::machine_config_file();
  sources.user = platform::user_config_file();
  sources.ignored_home_variables = platform::ignored_home_variables();
  sources.environment_decides_home = platform::environment_decides_home();
  sources.packaged_callers = platform::package_folder() / "callers.json";
  return sources;
}

Sources default_sources() {
  Sources sources = places();
  sources.login = platform::login_name();
  return sources;
}

void decide_home() {
  Sources sources;
  sources.machine = platform::machine_config_file();
  if (!environment_may(sources)) platform::take_home_of_user_database();
}

fs::path state_directory(const Sources& sources) {
  return sources.state && environment_may(sources) ? *sources.state : platform::state_directory();
}

}  // namespace cardmute::config
