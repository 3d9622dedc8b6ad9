// Parts of paths.hpp: the folders, and the environment variables.
#include <unistd.h>

#include <cstdlib>
#include <system_error>
#include <utility>

#include "platform/paths.hpp"
#include "platform/posix_user_entry.hpp"

#ifdef __APPLE__
#include <mach-o/dyld.h>

#include <array>
#endif

namespace cardmute::platform {

namespace fs = std::filesystem;

namespace {

// The folder in an XDG variable. Relative values are ignored, as the specification demands.
std::optional<fs::path> xdg_folder(const char* name) {
  const auto value = environment(name);
  if (!value || !fs::path(*value).is_absolute()) {
    return std::nullopt;
  }
  return fs::path(*value);
}

// The home is set before another thread asks for it, and only read after that.
std::optional<fs::path>& database_home() {
  static std::optional<fs::path> home;
  return home;
}
bool& is_home_unknown() {
  static bool unknown = false;
  return unknown;
}

// The user's home in the user database; nullopt if the database has no home or does not answer.
std::optional<fs::path> home_in_database(uid_t user) {
  const auto entry = user_entry_within(kUserDatabase_ms, user);
  if (!entry || !*entry || !fs::path((*entry)->home).is_absolute()) return std::nullopt;
  return (*entry)->home;
}

// The home in which CardMute keeps this user's files.
fs::path own_home() { return database_home().value_or(home_directory()); }

#ifndef __APPLE__
fs::path own_folder(const char* variable, const char* by_default) {
  const auto folder = database_home() ? std::nullopt : xdg_folder(variable);
  return folder.value_or(own_home() / by_default);
}
#endif

}  // namespace

void take_home_of_user_database() {
  database_home() = home_in_database(geteuid());
  is_home_unknown() = !database_home();
}

bool environment_decides_home() { return is_home_unknown(); }

std::vector<std::string> ignored_home_variables() {
  std::vector<std::string> names;
  if (!database_home()) return names;
  const fs::path& home = *database_home();
  for (const auto& [name, folder] :
       {std::pair{"HOME", home}, std::pair{"XDG_CONFIG_HOME", home / ".config"},
        std::pair{"XDG_STATE_HOME", home / ".local/state"}}) {
    const auto value = environment(name);
    if (value && fs::path(*value).lexically_normal() != folder.lexically_normal()) {
      names.emplace_back(name);
    }
  }
  return names;
}

std::optional<std::string> environment(const char* name) {
  // No thread changes the environment after make_environment_paths_absolute(), so any thread may
  // read it.
  const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe)
  if (value == nullptr || *value == '\0') {
    return std::nullopt;
  }
  return std::string(value);
}

void make_environment_paths_absolute() {
  for (const char* name : {"CARDMUTE_CONFIG", "CARDMUTE_STATE_DIR", "HOME"}) {
    const auto value = environment(name);
    if (!value || fs::path(*value).is_absolute()) {
      continue;
    }
    std::error_code error;  // the current folder may not exist any more
    const fs::path absolute = fs::absolute(*value, error);
    if (!error) {
      setenv(name, absolute.c_str(), 1);  // NOLINT(concurrency-mt-unsafe): before any thread
    }
  }
}

fs::path home_directory() {
  if (const auto home = environment("HOME")) {
    return *home;
  }
  // If a service manager has started the browser, HOME may not be set.
  static const fs::path kHome = home_in_database(getuid()).value_or("/");
  return kHome;
}

#ifdef __APPLE__

fs::path user_config_directory() { return home_directory() / "Library/Application Support"; }

fs::path machine_config_file() { return "/Library/Application Support/CardMute/config.json"; }

fs::path package_folder() { return "/Library/Application Support/CardMute/package"; }

// The path is the same as on Linux, so that the manual has to name only one.
fs::path user_config_file() {
  const auto folder = database_home() ? std::nullopt : xdg_folder("XDG_CONFIG_HOME");
  return folder.value_or(own_home() / ".config") / "cardmute/config.json";
}

fs::path state_directory() { return own_home() / "Library/Application Support/CardMute/State"; }

fs::path executable_path() {
  constexpr std::size_t kMaxPath_bytes = 4096;
  std::array<char, kMaxPath_bytes> buffer{};
  auto size = static_cast<std::uint32_t>(buffer.size());
  if (_NSGetExecutablePath(buffer.data(), &size) != 0) {
    throw std::system_error(std::make_error_code(std::errc::filename_too_long));
  }
  return fs::canonical(buffer.data());
}

#else

fs::path user_config_directory() {
  return xdg_folder("XDG_CONFIG_HOME").value_or(home_directory() / ".config");
}

fs::path machine_config_file() { return "/etc/cardmute/config.json"; }

fs::path package_folder() { return "/usr/share/cardmute"; }

fs::path user_config_file() {
  return own_folder("XDG_CONFIG_HOME", ".config") / "cardmute/config.json";
}

fs::path state_directory() { return own_folder("XDG_STATE_HOME", ".local/state") / "cardmute"; }

fs::path executable_path() { return fs::read_symlink("/proc/self/exe"); }

#endif

bool is_administrator() { return geteuid() == 0; }

}  // namespace cardmute::platform
