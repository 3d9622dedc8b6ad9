// Parts of paths.hpp: the folders, and the environment.
#include <pwd.h>
#include <unistd.h>

#include <cstdlib>
#include <system_error>

#include "platform/paths.hpp"

#ifdef __APPLE__
#include <mach-o/dyld.h>

#include <array>
#endif

namespace cardmute::platform {

namespace fs = std::filesystem;

namespace {

// The folder in an XDG variable. The specification says to ignore relative values.
std::optional<fs::path> xdg_folder(const char* name) {
  const auto value = environment(name);
  if (!value || !fs::path(*value).is_absolute()) {
    return std::nullopt;
  }
  return fs::path(*value);
}

}  // namespace

std::optional<std::string> environment(const char* name) {
  // The environment does not change after make_environment_paths_absolute(), so any thread may read
  // it.
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
    std::error_code error;  // the current folder may be gone
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
  // A browser started by a service manager may have no HOME. Called once, before threads start.
  const passwd* entry = getpwuid(getuid());  // NOLINT(concurrency-mt-unsafe)
  if (entry != nullptr && entry->pw_dir != nullptr) {
    return entry->pw_dir;
  }
  return "/";
}

#ifdef __APPLE__

fs::path user_config_directory() { return home_directory() / "Library/Application Support"; }

fs::path machine_config_file() { return "/Library/Application Support/CardMute/config.json"; }

fs::path package_folder() { return "/Library/Application Support/CardMute/package"; }

// The same as on Linux, so that the manual names one path.
fs::path user_config_file() {
  return xdg_folder("XDG_CONFIG_HOME").value_or(home_directory() / ".config") /
         "cardmute/config.json";
}

fs::path state_directory() {
  return home_directory() / "Library/Application Support/CardMute/State";
}

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

fs::path user_config_file() { return user_config_directory() / "cardmute/config.json"; }

fs::path state_directory() {
  return xdg_folder("XDG_STATE_HOME").value_or(home_directory() / ".local/state") / "cardmute";
}

fs::path executable_path() { return fs::read_symlink("/proc/self/exe"); }

#endif

bool is_administrator() { return geteuid() == 0; }

}  // namespace cardmute::platform
