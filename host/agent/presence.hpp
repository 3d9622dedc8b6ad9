// What each running host of this user says of itself, in a file of its own, so that
// `cardmute-host status` can show it. run/loop.cpp writes, cli/ reads.
#pragma once

#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "platform/process.hpp"

namespace cardmute::run {

struct Presence {
  platform::ProcessIdentity process;
  std::string caller;
  std::string started_at;  // UTC
  nlohmann::json status;   // as on the wire
};

// Replaces this process' file. False when the state directory cannot be written: a mute never
// depends on it.
bool write_presence(const std::filesystem::path& state_directory, const Presence& presence);

void remove_presence(const std::filesystem::path& state_directory, std::int64_t pid);

// The hosts that are alive. Files of hosts that were killed are removed on the way.
std::vector<Presence> list_presences(const std::filesystem::path& state_directory);

}  // namespace cardmute::run
