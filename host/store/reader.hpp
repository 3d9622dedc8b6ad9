// A read-only connection, for commands. Private to store/.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "store/database.hpp"

namespace cardmute::store {

// The busy timeout of commands. A person can wait longer for a busy store than a mute can.
inline constexpr int kPatience_ms = 1000;

// Calls `read` unless the file is missing or empty. Returns nullopt, or one line that says why the
// store could not be read, with the file's name. `patience_ms` is the busy timeout. If it is at
// least kPatience_ms, a store in a read-only folder is read from a copy.
std::optional<std::string> with_reader(const std::filesystem::path& file,
                                       const std::function<void(Database&)>& read,
                                       int patience_ms = kPatience_ms);

std::string cannot_be_used(const std::filesystem::path& file, const std::string& why);

}  // namespace cardmute::store
