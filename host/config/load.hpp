// Reads the configuration files, checks every key and says in plain words what is wrong where.
// agent/ and cli/ call it; nothing else reads a configuration file.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "config/config.hpp"
#include "platform/trusted_file.hpp"

namespace cardmute::config {

// After this many problems of one file the rest is not listed.
inline constexpr std::size_t kMaxProblems = 100;

// Where configuration comes from.
// With a machine's file: it counts, and of the user's file over it what the machine's
// `user_may_set` names (by default the extension). A mistake in the user's file is a warning,
// and what it is about stays as the machine's file says. `only` and `state` are ignored unless the
// machine's file says "environment_may": true.
// Without a machine's file: the user's stands alone, or with `only` that file.
struct Sources {
  std::optional<std::filesystem::path> only;  // CARDMUTE_CONFIG
  std::filesystem::path machine;
  std::filesystem::path user;
  // Who may be able to write the machine's file; tests have one that is not root's.
  platform::Writers machine_writers = platform::Writers::root;
  std::optional<std::filesystem::path> state = {};  // CARDMUTE_STATE_DIR
  // The files' texts, in place of those on the disk: for tests and fuzzers.
  const std::map<std::filesystem::path, std::string>* texts = nullptr;
};

// The places of this platform and environment.
Sources default_sources();

struct Problem {
  std::filesystem::path file;
  std::string key;      // "policy.grace_ms"; empty when the whole file is meant
  std::string message;  // what was wrong and what was expected
  // A warning about something that is used all the same.
  bool in_force = false;
  // "FILE: KEY: MESSAGE", one line.
  [[nodiscard]] std::string text() const;
};

struct Loaded {
  std::optional<Config> config;   // nothing when there are errors
  std::vector<Problem> errors;    // each of them keeps the configuration from being used
  std::vector<Problem> warnings;  // something was ignored, and going on is safe
  std::vector<std::filesystem::path> files_read;
  // What the files that were read name in turn: a CA, a code.
  std::vector<std::string> named_files;
  // There is a machine's file, sound or not.
  bool machine_file = false;
  // CARDMUTE_CONFIG and CARDMUTE_STATE_DIR count where they are set.
  bool environment_counts = true;
  // Those of the two that are set and ignored.
  std::vector<std::string> ignored_variables;
  // The policy of a sound machine's file (with what the user may set of it), also when there is no
  // configuration because nobody names the extension: payment forms have to be found all the same.
  std::optional<Policy> policy;
  // The machine's further callers, also when something else keeps the configuration from being
  // used: they may hear why, and `install --system` runs where no user's extension is known.
  std::vector<std::string> allowed_callers;
};

Loaded load(const Sources& sources);

// Where this user's state is kept: what CARDMUTE_STATE_DIR names where the environment counts, else
// the platform's place.
std::filesystem::path state_directory(const Sources& sources);

// A value that changes when a file of `sources`, or one of `named_files` (Loaded), appears, changes
// (content, owner or permissions) or goes; cheap enough to compare every second.
std::string fingerprint(const Sources& sources, const std::vector<std::string>& named_files);

}  // namespace cardmute::config
