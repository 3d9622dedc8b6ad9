// A connection that only reads, for people's commands. For this room only.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "store/database.hpp"

namespace cardmute::store {

// A person can wait longer for a busy store than a mute can.
inline constexpr int kPatience_ms = 1000;

// Calls `read` unless there is no file, or nothing in it. Nothing: all went well; else why not, one
// line with the file's name.
// `patience_ms`: how long a busy store is waited for. A person's command also reads a store in a
// folder that it may not write, from a copy.
std::optional<std::string> with_reader(const std::filesystem::path& file,
                                       const std::function<void(Database&)>& read,
                                       int patience_ms = kPatience_ms);

std::string cannot_be_used(const std::filesystem::path& file, const std::string& why);

}  // namespace cardmute::store
