// Reads the configuration files, checks every key, and explains what is wrong and where. The other
// modules get the configuration only from here.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "config/config.hpp"
#include "platform/trusted_file.hpp"

namespace cardmute::config {

// At most this many problems of one file are listed.
inline constexpr std::size_t kMaxProblems = 100;

enum class ExtensionNeed {
  required,
  // The extension is not required if only an environment variable names it, because this process
  // has another environment than the person's browser.
  unless_in_environment,
  // The extension is not required if it comes from an environment variable that is not set in this
  // process, because the person's browser may have the variable.
  unless_variable_missing,
  // The extension is never required.
  none
};

// Where the configuration comes from. If there is a machine's file, the user's file may change only
// what the machine's `user_may_set` names (by default, the extension). A mistake in the user's file
// is then only a warning, and the machine's value stays. `only` and `state` are ignored unless the
// machine's file has "environment_may": true; with it, `only` replaces both files. If there is no
// machine's file, `only` is used if it is set, otherwise the user's file.
struct Sources {
  std::optional<std::filesystem::path> only;  // the file that CARDMUTE_CONFIG names
  std::filesystem::path machine;
  std::filesystem::path user;
  // Whose write access to the machine's file is accepted. In tests the file does not belong to
  // root.
  platform::Writers machine_writers = platform::Writers::root;
  std::optional<std::filesystem::path> state = {};       // the folder that CARDMUTE_STATE_DIR names
  std::vector<std::string> ignored_home_variables = {};  // such as HOME; see decide_home()
  // The person's log-in name, which finds the person's row in a table of extensions. It is needed
  // only if there is a table. If `login` is nullopt, find_login() is asked. If there is no
  // find_login, or it returns nullopt too, the name is not known. Then no row is used, and it is an
  // error if the person has not chosen an extension.
  std::optional<std::string> login = {};
  std::function<std::optional<std::string>()> find_login = {};
  // HOME and XDG_… are used although the machine's file does not allow it.
  bool environment_decides_home = false;
  // The file with the callers for which the package was made: {"allowed_callers": [...]}. Empty: no
  // file.
  std::filesystem::path packaged_callers = {};
  // An answer in the popup that is tried instead of the stored one, to see what it would change.
  std::optional<std::string> answer = {};
  // Returns the machine's configuration if Windows' Group Policy contains it; `machine` then names
  // that place. Null: the configuration is in a file.
  std::optional<std::string> (*managed)() = nullptr;
  ExtensionNeed need = ExtensionNeed::required;
  // The texts of the files, which replace those on the disk. For tests and fuzzers.
  const std::map<std::filesystem::path, std::string>* texts = nullptr;
};

// The sources on this platform and in this environment. If a table needs the log-in name, the
// system's user database is asked for the name.
Sources default_sources();
// The sources without the log-in name. They are enough for state_directory().
Sources places();
// If the machine's file does not let the environment decide, HOME and XDG_… are not used either:
// they would lead to another store than that of the user's other browsers. Call this before another
// thread asks for the sources, and again after the user of this process has changed.
void decide_home();
// How long decide_home() and state_directory() wait for the machine's file, which may be a link to
// a network share. After that, they do not let the environment decide. The wait delays the start of
// a process, but no mute: a host needs the same file before its first mute. A running host reads
// the file on a thread of its own (agent/file_thread.hpp).
inline constexpr int kMachineFile_ms = 2000;

// The remedies if a file is used although others could change it, or read the secret in it.
inline constexpr const char* kProtectFile = "see to it that nobody else can write it";
inline constexpr const char* kProtectSecret = "see to it that nobody else can read it";
// The remedy if a character of an ID may be one that only looks like the right one.
inline constexpr const char* kTypeAgain =
    "type it again, with the letters of the provider's own list";

struct Problem {
  std::filesystem::path file;
  std::string key;      // the key, such as "policy.grace_ms"; empty for the whole file
  std::string message;  // what was wrong and what was expected
  // Whether this is a warning about something that is used nevertheless.
  bool in_force = false;
  std::string remedy = {};  // what to do about a warning that is in force
  // Returns "FILE: KEY: MESSAGE" on one line.
  [[nodiscard]] std::string text() const;
};

struct Loaded {
  std::optional<Config> config;   // nullopt if there are errors
  std::vector<Problem> errors;    // if there are any, the configuration cannot be used
  std::vector<Problem> warnings;  // what was ignored, or is used although it is unsafe
  std::vector<std::filesystem::path> files_read;
  // Files that the configuration names, such as the CA file.
  std::vector<std::string> named_files;
  // Whether the person may choose the extension in the popup: it is allowed, and the configuration
  // has no error except about the extension.
  bool may_set_extension = false;
  // Whether there is a machine's file, with or without errors.
  bool machine_file = false;
  // Whether CARDMUTE_CONFIG, CARDMUTE_STATE_DIR, HOME and XDG_… are used if they are set.
  bool environment_counts = true;
  // The variables that are set but ignored.
  std::vector<std::string> ignored_variables;
  // The policy of a machine's file without errors, with what the user may change in it. If only the
  // extension is missing, `config` is not set but `policy` is: payment forms must be found even
  // then.
  std::optional<Policy> policy;
  // The key `allowed_callers`, and the callers of the package. They are set even if `config` is
  // not: these callers are told why, and `install --system` works without the extension of any
  // user.
  std::vector<std::string> allowed_callers;
  std::vector<std::string> packaged_callers;  // those of `allowed_callers` that the package brings
};

Loaded load(const Sources& sources);
// Returns only `allowed_callers` of Loaded. Reads no file that the configuration names.
std::vector<std::string> load_callers(const Sources& sources);

// The folder of this user's state: CARDMUTE_STATE_DIR if environment variables are used, otherwise
// the platform's folder.
std::filesystem::path state_directory(const Sources& sources);

// A file counts as whole if it has not changed for this long. That is longer than an editor or `cp`
// takes between two writes, but short, because a wrong file must be reported soon.
inline constexpr int kHalfWritten_ms = 300;

// A value that changes if a file of `named_files` (see Loaded) or of `sources`, except
// `packaged_callers`, appears, disappears, or changes its content, owner or permissions. Computing
// the value is so quick that it can be compared every second.
std::string fingerprint(const Sources& sources, const std::vector<std::string>& named_files);

}  // namespace cardmute::config
