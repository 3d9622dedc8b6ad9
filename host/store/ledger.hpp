// Reads the ledger. No host needs to be running. A missing file counts as an empty ledger.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "store/store.hpp"

namespace cardmute::store {

// Calls `take` with each entry from `since` on, the oldest first. Returns nullopt, or one line that
// says why the ledger could not be read, with the file's name.
std::optional<std::string> read_ledger(const std::filesystem::path& file,
                                       std::optional<UtcTime> since,
                                       const std::function<void(const Entry&)>& take);

}  // namespace cardmute::store
