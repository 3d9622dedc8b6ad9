// Presence files; see presence.hpp.
#include "run/presence.hpp"

#include <fstream>
#include <system_error>

#include "platform/paths.hpp"
#include "platform/process.hpp"

namespace cardmute::run {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

fs::path folder(const fs::path& state_directory) { return state_directory / "hosts"; }

fs::path file_of(const fs::path& state_directory, std::int64_t pid) {
  return folder(state_directory) / (std::to_string(pid) + ".json");
}

}  // namespace

bool write_presence(const fs::path& state_directory, const Presence& presence) {
  try {
    fs::create_directories(folder(state_directory));
    platform::write_file_atomically(file_of(state_directory, presence.pid),
                                    json{{"pid", presence.pid},
                                         {"caller", presence.caller},
                                         {"started_at", presence.started_at},
                                         {"status", presence.status}}
                                        .dump(-1, ' ', false, json::error_handler_t::replace));
    return true;
  } catch (const std::system_error&) {
    return false;
  }
}

void remove_presence(const fs::path& state_directory, std::int64_t pid) {
  std::error_code ignored;
  fs::remove(file_of(state_directory, pid), ignored);
}

std::vector<Presence> list_presences(const fs::path& state_directory) {
  std::vector<Presence> alive;
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(folder(state_directory), none)) {
    if (entry.path().extension() != ".json") continue;
    std::ifstream file(entry.path());
    const json content = json::parse(file, nullptr, /*allow_exceptions=*/false);
    if (!content.is_object()) continue;
    const Presence presence{content.value("pid", std::int64_t{0}), content.value("caller", ""),
                            content.value("started_at", ""), content.value("status", json())};
    if (platform::process_is_alive(presence.pid)) {
      alive.push_back(presence);
    } else {
      remove_presence(state_directory, presence.pid);
    }
  }
  return alive;
}

}  // namespace cardmute::run
