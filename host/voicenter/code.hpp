// The organisation's code for Active Calls: a secret that gives access to every call of the
// organisation. It is read for each request and wiped afterwards.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "platform/secret.hpp"
#include "voicenter/account.hpp"

namespace cardmute::voicenter {

// The code, from the configuration or from the file that it names; empty if the file has no valid
// code (see flaw_of_code_file).
platform::Secret code_of(const ActiveCallsSettings& active_calls);

// Why the file has no valid code; nullopt if it has one. A code is one line of at most
// config::kMaxText_characters visible characters; blanks and line ends around it are ignored. The
// message never repeats the content.
std::optional<std::string> flaw_of_code_file(const std::filesystem::path& file);

}  // namespace cardmute::voicenter
