// Reads the ledger. No host need be running; a missing file is an empty ledger.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "store/store.hpp"

namespace cardmute::store {

// Calls `take` with each entry from `since` on, oldest first. Returns nullopt, or why the ledger
// could not be read: one line with the file's name.
std::optional<std::string> read_ledger(const std::filesystem::path& file,
                                       std::optional<UtcTime> since,
                                       const std::function<void(const Entry&)>& take);

}  // namespace cardmute::store
