#include <windows.h>
// This header needs windows.h before it.
#include <lmcons.h>

#include <array>

#include "platform/person.hpp"
#include "platform/windows_text.hpp"

namespace cardmute::platform {

std::optional<std::string> login_name() {
  std::array<wchar_t, UNLEN + 1> name{};
  auto size = static_cast<DWORD>(name.size());
  if (GetUserNameW(name.data(), &size) == 0 || size == 0) return "";
  return utf8({name.data(), size - 1});
}

std::string machine_name() {
  std::array<wchar_t, 256> name{};
  auto size = static_cast<DWORD>(name.size());
  if (GetComputerNameExW(ComputerNameDnsHostname, name.data(), &size) == 0) return "";
  return utf8({name.data(), size});
}

}  // namespace cardmute::platform
