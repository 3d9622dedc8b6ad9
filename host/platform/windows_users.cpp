#include <windows.h>
// This header needs windows.h before it.
#include <sddl.h>

#include <array>
#include <exception>
#include <system_error>
#include <utility>

#include "platform/users.hpp"
#include "platform/windows_home.hpp"
#include "platform/windows_text.hpp"

namespace cardmute::platform {

namespace fs = std::filesystem;

namespace {

// The registry has a key here for each user who has logged in to this computer, named by the user's
// SID.
constexpr const wchar_t* kProfiles =
    L"SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\ProfileList";
// How the SID of a person begins: the first for an account of this computer or of its domain, the
// second for an account in Microsoft Entra ID.
constexpr std::array<std::wstring_view, 2> kPersons{L"S-1-5-21-", L"S-1-12-1-"};

bool is_person(std::wstring_view sid) {
  for (const auto& start : kPersons) {
    if (sid.starts_with(start)) return true;
  }
  return false;
}

fs::path home_of(const std::wstring& sid) {
  std::array<wchar_t, 1024> text{};
  auto size = static_cast<DWORD>(text.size() * sizeof(wchar_t));
  const std::wstring key = kProfiles + (L"\\" + sid);
  if (RegGetValueW(HKEY_LOCAL_MACHINE, key.c_str(), L"ProfileImagePath", RRF_RT_REG_SZ, nullptr,
                   text.data(), &size) != ERROR_SUCCESS) {
    return {};
  }
  return text.data();
}

std::string login_of(const std::wstring& text) {
  PSID sid = nullptr;
  if (ConvertStringSidToSidW(text.c_str(), &sid) == 0) return utf8(text);
  std::array<wchar_t, 256> name{};
  std::array<wchar_t, 256> domain{};
  auto name_size = static_cast<DWORD>(name.size());
  auto domain_size = static_cast<DWORD>(domain.size());
  SID_NAME_USE use{};
  const bool known = LookupAccountSidW(nullptr, sid, name.data(), &name_size, domain.data(),
                                       &domain_size, &use) != 0;
  LocalFree(sid);
  return known ? utf8(name.data()) : utf8(text);
}

}  // namespace

People people() {
  People found;
  HKEY profiles = nullptr;
  if (RegOpenKeyExW(HKEY_LOCAL_MACHINE, kProfiles, 0, KEY_READ, &profiles) != ERROR_SUCCESS) {
    return found;
  }
  std::array<wchar_t, 256> name{};
  for (DWORD at = 0;; ++at) {
    auto size = static_cast<DWORD>(name.size());
    if (RegEnumKeyExW(profiles, at, name.data(), &size, nullptr, nullptr, nullptr, nullptr) !=
        ERROR_SUCCESS) {
      break;
    }
    const std::wstring sid(name.data(), size);
    const fs::path home = is_person(sid) ? home_of(sid) : fs::path();
    std::error_code error;
    if (!home.empty() && fs::is_directory(home, error))
      found.users.push_back({login_of(sid), 0, 0, home});
  }
  RegCloseKey(profiles);
  return found;
}

// An administrator can read all users' files, and nobody can become a user without the password. So
// `work` runs in this process, with the user's folders. It needs no timeout, because the files of a
// profile are never on a network that is down.
OutputAs output_as(const User& user, const std::function<std::string()>& work, int /*timeout_ms*/) {
  const HomeOfAnother home(user.home);
  try {
    std::string text = work();
    if (text.size() <= kMaxOutput_bytes) return {OutputAs::Result::done, std::move(text)};
  } catch (const std::exception&) {
    // After an exception, the result is Result::failed.
  }
  return {};
}

}  // namespace cardmute::platform
