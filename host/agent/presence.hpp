// Each running host of this user describes itself in a file of its own. `cardmute-host status`
// shows these files.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "platform/process.hpp"

namespace cardmute::agent {

struct Presence {
  platform::ProcessIdentity process;
  std::string caller;
  std::string started_at;  // as a text, in UTC
  std::string status;      // a JSON text: the status as the protocol sends it to the extension
};

// Replaces the file of this process. Returns false if the state directory cannot be written; the
// caller goes on without the file.
bool write_presence(const std::filesystem::path& state_directory, const Presence& presence);

void remove_presence(const std::filesystem::path& state_directory, std::int64_t pid);

// Returns the hosts that are alive, and removes the files of hosts that were killed and files that
// cannot be read.
std::vector<Presence> list_presences(const std::filesystem::path& state_directory);

}  // namespace cardmute::agent
