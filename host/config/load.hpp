// Reads the configuration files, checks every key and says in plain words what is wrong where.
// run/ and cli/ call it; nothing else reads a configuration file.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "config/config.hpp"
#include "platform/paths.hpp"

namespace cardmute::config {

// Where configuration comes from. With `only` set nothing else is read (CARDMUTE_CONFIG). Otherwise
// the machine's file counts, and of the user's file over it what the machine's `user_may_set` names
// (by default voicenter.extension); without a machine's file the user's stands alone.
struct Sources {
  std::optional<std::filesystem::path> only;
  std::filesystem::path machine;
  std::filesystem::path user;
  // Why a machine's file is refused: others could have written it. Tests put their own here.
  std::optional<std::string> (*loose)(const std::filesystem::path&) = platform::writable_by_others;
};

// The places of this platform and environment.
Sources default_sources();

struct Problem {
  std::filesystem::path file;
  std::string key;      // "voicenter.timeout_ms"; empty when the whole file is meant
  std::string message;  // what was wrong and what was expected
  // "FILE: KEY: MESSAGE", one line.
  [[nodiscard]] std::string text() const;
};

struct Loaded {
  std::optional<Config> config;   // nothing when there are errors
  std::vector<Problem> errors;    // each of them keeps the configuration from being used
  std::vector<Problem> warnings;  // something was ignored, and going on is safe
  std::vector<std::filesystem::path> files_read;
  // The machine's further callers, also when something else keeps the configuration from being
  // used: they may hear why, and `install --system` runs where no user's extension is known.
  std::vector<std::string> allowed_callers;
};

Loaded load(const Sources& sources);

// The organisation's code, from the configuration or from the file it names (one line of at most
// kMaxText_characters; blanks around it do not count); nothing when that file cannot be read or
// holds no such line.
std::optional<std::string> code_of(const ActiveCalls& active_calls);

// A value that changes when a file of `sources` appears, changes (content, owner or permissions) or
// goes; cheap enough to compare every second. Files that the configuration names (ca_file, a code's
// file) are not looked at.
std::string fingerprint(const Sources& sources);

}  // namespace cardmute::config
