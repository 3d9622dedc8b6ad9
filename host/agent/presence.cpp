#include "agent/presence.hpp"

#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>
#include <system_error>
#include <utility>

#include "platform/paths.hpp"
#include "platform/process.hpp"
#include "protocol/json_text.hpp"

namespace cardmute::agent {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

fs::path folder(const fs::path& state_directory) { return state_directory / "hosts"; }

fs::path file_of(const fs::path& state_directory, std::int64_t pid) {
  return folder(state_directory) / (std::to_string(pid) + ".json");
}

std::string text_of(const Presence& presence) {
  std::string text;
  protocol::ObjectText fields(text);
  fields.add_number("pid", presence.process.pid);
  fields.add("boot", presence.process.boot);
  fields.add_number("started", presence.process.started);
  fields.add("caller", presence.caller);
  fields.add("started_at", presence.started_at);
  fields.add_json("status", presence.status);
  fields.end();
  return text;
}

// Returns nullopt if the content was not written by a host.
std::optional<Presence> read_presence(const json& content) {
  const auto is_text = [&content](const char* key) {
    return content.contains(key) && content[key].is_string();
  };
  const auto is_number = [&content](const char* key) {
    return content.contains(key) && content[key].is_number_integer();
  };
  if (!content.is_object() || !is_number("pid") || !is_number("started") || !is_text("boot") ||
      !is_text("caller") || !is_text("started_at") || !content.contains("status")) {
    return std::nullopt;
  }
  return Presence{{content["boot"], content["pid"], content["started"]},
                  content["caller"],
                  content["started_at"],
                  content["status"].dump()};
}

}  // namespace

bool write_presence(const fs::path& state_directory, const Presence& presence) {
  try {
    fs::create_directories(folder(state_directory));
    platform::write_file_atomically(file_of(state_directory, presence.process.pid),
                                    text_of(presence), platform::Readers::owner,
                                    platform::Durability::until_restart);
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
    if (auto presence = read_presence(content);
        presence && platform::process_is_alive(presence->process)) {
      alive.push_back(std::move(*presence));
    } else {
      fs::remove(entry.path(), none);
    }
  }
  return alive;
}

}  // namespace cardmute::agent
