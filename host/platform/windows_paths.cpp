// Parts of paths.hpp: the folders, and the environment.
#include <windows.h>
// This header needs windows.h before it.
#include <shlobj.h>

#include <system_error>
#include <utility>

#include "platform/paths.hpp"
#include "platform/windows_home.hpp"
#include "platform/windows_text.hpp"

namespace cardmute::platform {

namespace fs = std::filesystem;

namespace {

fs::path known_folder(const GUID& id) {
  wchar_t* found = nullptr;
  const bool known = SHGetKnownFolderPath(id, KF_FLAG_DONT_VERIFY, nullptr, &found) == S_OK;
  fs::path folder = known ? fs::path(found) : fs::path();
  CoTaskMemFree(found);
  return folder;
}

std::optional<fs::path>& home_of_another() {
  static std::optional<fs::path> home;
  return home;
}

fs::path folder_of_user(const GUID& id, const char* in_home) {
  return home_of_another() ? *home_of_another() / in_home : known_folder(id);
}

}  // namespace

HomeOfAnother::HomeOfAnother(const fs::path& home) { home_of_another() = home; }

HomeOfAnother::~HomeOfAnother() { home_of_another().reset(); }

// On Windows no environment variable leads to the user's folders.
void take_home_of_user_database() {}

bool environment_decides_home() { return false; }

std::vector<std::string> ignored_home_variables() { return {}; }

std::optional<std::string> environment(const char* name) {
  const std::wstring wide_name = wide(name);
  std::wstring value(GetEnvironmentVariableW(wide_name.c_str(), nullptr, 0), L'\0');
  if (value.empty()) return std::nullopt;
  value.resize(
      GetEnvironmentVariableW(wide_name.c_str(), value.data(), static_cast<DWORD>(value.size())));
  if (value.empty()) return std::nullopt;
  return utf8(value);
}

void make_environment_paths_absolute() {
  for (const char* name : {"CARDMUTE_CONFIG", "CARDMUTE_STATE_DIR"}) {
    const auto value = environment(name);
    if (!value || fs::path(*value).is_absolute()) continue;
    std::error_code error;  // the current folder may be gone
    const fs::path absolute = fs::absolute(*value, error);
    if (!error) SetEnvironmentVariableW(wide(name).c_str(), absolute.c_str());
  }
}

fs::path home_directory() { return folder_of_user(FOLDERID_Profile, ""); }

fs::path user_config_directory() {
  return folder_of_user(FOLDERID_RoamingAppData, "AppData/Roaming");
}

fs::path machine_config_file() {
  return known_folder(FOLDERID_ProgramData) / L"CardMute" / L"config.json";
}

// The installer puts everything into the program's own folder.
fs::path package_folder() { return executable_path().parent_path(); }

fs::path user_config_file() { return user_config_directory() / L"CardMute" / L"config.json"; }

// The state is not in the roaming profile, because it contains PIDs of this computer.
fs::path state_directory() {
  return folder_of_user(FOLDERID_LocalAppData, "AppData/Local") / L"CardMute";
}

fs::path executable_path() {
  constexpr std::size_t kMaxPath = 32'768;
  std::wstring path(kMaxPath, L'\0');
  path.resize(GetModuleFileNameW(nullptr, path.data(), static_cast<DWORD>(path.size())));
  if (path.empty()) fail_with_last_error("the program's path");
  return path;
}

bool is_administrator() { return IsUserAnAdmin() != 0; }

}  // namespace cardmute::platform
