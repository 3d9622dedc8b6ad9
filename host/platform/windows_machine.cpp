#include <windows.h>

#include <array>
#include <cstdint>
#include <system_error>

#include "platform/machine.hpp"
#include "platform/system_identity.hpp"
#include "platform/windows_handle.hpp"
#include "platform/windows_text.hpp"

namespace cardmute::platform {

namespace fs = std::filesystem;

// An ID that is made when Windows is installed. Clones that were not prepared by sysprep share it.
std::string system_identity() {
  std::array<wchar_t, 64> text{};
  auto size = static_cast<DWORD>(text.size() * sizeof(wchar_t));
  constexpr DWORD kFlags = RRF_RT_REG_SZ | RRF_SUBKEY_WOW6464KEY;
  if (RegGetValueW(HKEY_LOCAL_MACHINE, L"SOFTWARE\\Microsoft\\Cryptography", L"MachineGuid", kFlags,
                   nullptr, text.data(), &size) != ERROR_SUCCESS) {
    return {};
  }
  return utf8(text.data());
}

std::vector<std::string> network_addresses(const fs::path& /*interfaces*/) { return {}; }

bool is_local_folder(const fs::path& folder) {
  std::error_code error;
  const fs::path absolute = fs::absolute(folder, error);
  if (error || absolute.root_name().empty()) return false;
  const std::wstring root = (absolute.root_name() / "/").wstring();
  const UINT kind = GetDriveTypeW(root.c_str());
  return kind == DRIVE_FIXED || kind == DRIVE_REMOVABLE || kind == DRIVE_RAMDISK;
}

// The life sign is the open file. Nobody can delete the file while it is open, so a process that
// can delete it knows that no holder is alive. A lock of the file would not do, because a process
// that inherits the handle would not have the lock.
bool LifeSign::is_in_place() const { return descriptor_ != -1; }

bool LifeSign::give() {
  if (is_in_place()) return true;
  std::error_code ignored;
  fs::create_directories(file_.parent_path(), ignored);
  SECURITY_ATTRIBUTES inheritable{sizeof(SECURITY_ATTRIBUTES), nullptr, TRUE};
  // Opening is tried several times, because another process may be deleting the file (in seen()).
  constexpr int kMaxTries = 10;
  for (int attempt = 0; !is_in_place() && attempt < kMaxTries; ++attempt) {
    descriptor_ =
        number_of(CreateFileW(file_.c_str(), GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE,
                              &inheritable, OPEN_ALWAYS, FILE_ATTRIBUTE_NORMAL, nullptr));
    const DWORD why = GetLastError();
    if (is_in_place() || (why != ERROR_SHARING_VIOLATION && why != ERROR_ACCESS_DENIED)) break;
    Sleep(1);
  }
  return is_in_place();
}

void LifeSign::give_up() { close_number(std::exchange(descriptor_, -1)); }

bool LifeSign::seen(const fs::path& file) {
  const Handle opened(CreateFileW(file.c_str(), DELETE, kShareAll, nullptr, OPEN_EXISTING,
                                  FILE_FLAG_DELETE_ON_CLOSE, nullptr));
  return !opened && GetLastError() == ERROR_SHARING_VIOLATION;
}

}  // namespace cardmute::platform
