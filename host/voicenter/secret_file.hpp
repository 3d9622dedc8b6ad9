// Secrets of the configuration: the organisation's code for Active Calls, which gives access to
// every call of the organisation, and an agent's pin or token for events. A secret is read for each
// request, and wiped afterwards.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "platform/secret.hpp"

namespace cardmute::voicenter {

// The secret from the configuration, or from `file` if that is not empty. Empty if the file has no
// valid secret (see flaw_of_secret_file).
platform::Secret secret_of(const std::string& value, const std::string& file);

// Why the file has no valid secret; nullopt if it has one. A secret is one line of at most
// config::kMaxText_characters visible characters; blanks and line ends around it are ignored.
// `word` names the secret in the message, which never repeats the content.
std::optional<std::string> flaw_of_secret_file(const std::filesystem::path& file,
                                               const std::string& word);

}  // namespace cardmute::voicenter
