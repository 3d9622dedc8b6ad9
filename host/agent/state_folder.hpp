// The folder with the state that the hosts, settlers and commands of one user share.
#pragma once

#include <filesystem>
#include <optional>

#include "platform/own_folder.hpp"

namespace cardmute::agent {

// Why this user cannot use the folder, or how other users could change it; nullopt if neither. If a
// folder or file does not exist yet, the folder in which it would be created is checked.
inline std::optional<platform::FolderFlaw> flaw_of_state_folder(
    const std::filesystem::path& state_directory) {
  return platform::flaw_of_own_folder(
      state_directory, {"cardmute.db", "cardmute.db-wal", "cardmute.db-shm", "alive", "hosts",
                        "log", "log/host.log"});
}

}  // namespace cardmute::agent
