// The folder of a store: who can use it, and who could change it. Private to store/.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "platform/own_folder.hpp"

namespace cardmute::store {

// What keeps this user from using the store, or lets other users change it.
inline std::optional<platform::FolderFlaw> flaw_of_folder(const std::filesystem::path& store) {
  const std::string name = store.filename().string();
  return platform::flaw_of_own_folder(store.parent_path(), {name, name + "-wal", name + "-shm"});
}

}  // namespace cardmute::store
