// Reads the ledger, for cli/. The store need not be in use by any host; a file that is not there is
// an empty ledger.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "store/store.hpp"

namespace cardmute::store {

// Gives each entry from `since` on to `take`, oldest first. Nothing: all were given; else why not,
// one line with the file's name.
std::optional<std::string> read_ledger(const std::filesystem::path& file,
                                       std::optional<protocol::UtcTime> since,
                                       const std::function<void(const Entry&)>& take);

}  // namespace cardmute::store
