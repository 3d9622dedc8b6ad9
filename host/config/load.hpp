// Reads the configuration files, checks every key, and explains what is wrong where. Nothing else
// reads a configuration file.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "config/config.hpp"
#include "platform/trusted_file.hpp"

namespace cardmute::config {

// At most this many problems of one file are listed.
inline constexpr std::size_t kMaxProblems = 100;

// Where the configuration comes from.
// If there is a machine's file, it is used. The user's file may then change only what
// `user_may_set` of the machine's file names (by default, the extension). A mistake in the user's
// file is a warning, and the machine's value stays. `only` and `state` are ignored, unless the
// machine's file has "environment_may": true; then `only` replaces both files. Without a machine's
// file, `only` is used if it is set, otherwise the user's file.
struct Sources {
  std::optional<std::filesystem::path> only;  // CARDMUTE_CONFIG
  std::filesystem::path machine;
  std::filesystem::path user;
  // Who may be able to write the machine's file. In tests it does not belong to root.
  platform::Writers machine_writers = platform::Writers::root;
  std::optional<std::filesystem::path> state = {};       // CARDMUTE_STATE_DIR
  std::vector<std::string> ignored_home_variables = {};  // such as HOME; see decide_home()
  // The person's log-in name, by which a table names the extension.
  std::string login = {};
  // HOME and XDG_… are used although the machine's file does not let them decide.
  bool environment_decides_home = false;
  // The callers that the package was made for: {"allowed_callers": [...]}. Empty: there is none.
  std::filesystem::path packaged_callers = {};
  // An answer in the popup that takes the place of the kept one, to see what it would change.
  std::optional<std::string> answer = {};
  // Gives the machine's configuration where the system's management holds it, instead of a file;
  // `machine` is then the name of that place. Null: it is a file.
  std::optional<std::string> (*managed)() = nullptr;
  // The texts of the files, instead of the files on the disk. For tests and fuzzers.
  const std::map<std::filesystem::path, std::string>* texts = nullptr;
};

// The sources of this platform and environment. Waits for the system's user database, which says
// the log-in name.
Sources default_sources();
// The same without the log-in name: enough for state_directory().
Sources places();
// Where the machine's file does not let the environment decide, HOME and XDG_… do not count either:
// they would lead to another store than that of the user's other browsers. Call it before there is
// another thread asks for the sources, and again after the user has changed.
void decide_home();
// For how long decide_home() and state_directory() wait for the machine's file, which may be a link
// to a network share. After that it is taken not to let the environment decide.
inline constexpr int kMachineFile_ms = 2000;

// The remedy for a file that is used although others could change it.
inline constexpr const char* kProtectFile = "see to it that nobody else can write it";
inline constexpr const char* kProtectSecret = "see to it that nobody else can read it";
// The remedy for an ID that may have a look-alike of the character that is meant.
inline constexpr const char* kTypeAgain =
    "type it again, with the letters of the provider's own list";

struct Problem {
  std::filesystem::path file;
  std::string key;      // "policy.grace_ms"; empty for the whole file
  std::string message;  // what was wrong and what was expected
  // A warning about something that is used nevertheless.
  bool in_force = false;
  std::string remedy = {};  // what to do about such a warning
  // "FILE: KEY: MESSAGE", one line.
  [[nodiscard]] std::string text() const;
};

struct Loaded {
  std::optional<Config> config;   // nullopt if there are errors
  std::vector<Problem> errors;    // with any of these, the configuration cannot be used
  std::vector<Problem> warnings;  // something was ignored, or is used although it is unsafe
  std::vector<std::filesystem::path> files_read;
  // Files that the configuration names: the CA, the code.
  std::vector<std::string> named_files;
  // Whether the person may choose the extension in the popup: it is allowed, and nothing else is
  // wrong.
  bool may_set_extension = false;
  // Whether there is a machine's file, with or without errors.
  bool machine_file = false;
  // Whether CARDMUTE_CONFIG, CARDMUTE_STATE_DIR, HOME and XDG_… are used if they are set.
  bool environment_counts = true;
  // Which of them are set but ignored.
  std::vector<std::string> ignored_variables;
  // The policy of a machine's file without errors (and what the user may change in it). It is also
  // there if `config` is not, because no file names the extension: payment forms must be found even
  // then.
  std::optional<Policy> policy;
  // The key `allowed_callers`, and the callers of the package. It is also there if `config` is not:
  // these callers may learn why, and `install --system` runs without any user's extension.
  std::vector<std::string> allowed_callers;
  std::vector<std::string> packaged_callers;  // those of the package alone
};

Loaded load(const Sources& sources);
// `allowed_callers` of Loaded alone. Reads no file that the configuration names.
std::vector<std::string> load_callers(const Sources& sources);

// The folder of this user's state: CARDMUTE_STATE_DIR if the environment is used, otherwise the
// platform's folder.
std::filesystem::path state_directory(const Sources& sources);

// A file is taken as whole if it has not changed for this long. Longer than an editor or `cp` takes
// between two writes; short, because a wrong file must be reported soon.
inline constexpr int kHalfWritten_ms = 300;

// A value that changes if a file of `sources` or of `named_files` (see Loaded) appears, disappears
// or changes its content, owner or permissions. Cheap enough to compare every second.
std::string fingerprint(const Sources& sources, const std::vector<std::string>& named_files);

}  // namespace cardmute::config
