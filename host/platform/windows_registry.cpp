#include <windows.h>

#include <utility>

#include "platform/registry.hpp"
#include "platform/windows_text.hpp"

namespace cardmute::platform {

namespace {

HKEY root_of(Hive hive) { return hive == Hive::user ? HKEY_CURRENT_USER : HKEY_LOCAL_MACHINE; }

void check(LSTATUS code, const std::string& key) {
  if (code == ERROR_SUCCESS) return;
  SetLastError(static_cast<DWORD>(code));
  fail_with_last_error("the registry's key " + key);
}

class OpenKey {
 public:
  OpenKey(Hive hive, RegistryView view, const std::string& key) {
    const REGSAM rights =
        KEY_READ | (view == RegistryView::of_64_bits ? KEY_WOW64_64KEY : KEY_WOW64_32KEY);
    RegOpenKeyExW(root_of(hive), wide(key).c_str(), 0, rights, &key_);
  }
  ~OpenKey() {
    if (key_ != nullptr) RegCloseKey(key_);
  }
  OpenKey(const OpenKey&) = delete;
  OpenKey& operator=(const OpenKey&) = delete;
  // Null if there is no such key.
  [[nodiscard]] HKEY get() const { return key_; }

 private:
  HKEY key_ = nullptr;
};

// The system's limit for the name of a value, in characters; that of a key is lower.
constexpr std::size_t kMaxName = 16'384;

}  // namespace

std::vector<RegistryValue> registry_values(Hive hive, RegistryView view, const std::string& key) {
  std::vector<RegistryValue> found;
  const OpenKey opened(hive, view, key);
  std::wstring name(kMaxName, L'\0');
  for (DWORD at = 0; opened.get() != nullptr; ++at) {
    auto size = static_cast<DWORD>(name.size());
    DWORD type = 0;
    if (RegEnumValueW(opened.get(), at, name.data(), &size, nullptr, &type, nullptr, nullptr) !=
        ERROR_SUCCESS) {
      break;
    }
    RegistryValue value{utf8({name.data(), size}), {}, {}};
    if (type == REG_DWORD) {
      DWORD number = 0;
      DWORD bytes = sizeof(number);
      const LSTATUS code = RegGetValueW(opened.get(), nullptr, wide(value.name).c_str(),
                                        RRF_RT_REG_DWORD, nullptr, &number, &bytes);
      if (code == ERROR_SUCCESS) value.number = number;
    } else if (auto text = registry_text(hive, view, key, value.name)) {
      value.text = std::move(*text);
    } else {
      continue;
    }
    found.push_back(std::move(value));
  }
  return found;
}

std::vector<std::string> registry_keys(Hive hive, RegistryView view, const std::string& key) {
  std::vector<std::string> found;
  const OpenKey opened(hive, view, key);
  std::wstring name(kMaxName, L'\0');
  for (DWORD at = 0; opened.get() != nullptr; ++at) {
    auto size = static_cast<DWORD>(name.size());
    if (RegEnumKeyExW(opened.get(), at, name.data(), &size, nullptr, nullptr, nullptr, nullptr) !=
        ERROR_SUCCESS) {
      break;
    }
    found.push_back(utf8({name.data(), size}));
  }
  return found;
}

std::optional<std::string> registry_text(Hive hive, RegistryView view, const std::string& key,
                                         const std::string& name) {
  constexpr std::size_t kMaxText = 32'768;
  std::wstring text(kMaxText, L'\0');
  auto size = static_cast<DWORD>(text.size() * sizeof(wchar_t));
  const DWORD flags = RRF_RT_REG_SZ | (view == RegistryView::of_64_bits ? RRF_SUBKEY_WOW6464KEY
                                                                        : RRF_SUBKEY_WOW6432KEY);
  const std::wstring wide_name = wide(name);
  if (RegGetValueW(root_of(hive), wide(key).c_str(), name.empty() ? nullptr : wide_name.c_str(),
                   flags, nullptr, text.data(), &size) != ERROR_SUCCESS) {
    return std::nullopt;
  }
  return utf8(text.c_str());
}

void write_registry_text(Hive hive, const std::string& key, const std::string& text) {
  HKEY opened = nullptr;
  check(RegCreateKeyExW(root_of(hive), wide(key).c_str(), 0, nullptr, 0,
                        KEY_WRITE | KEY_WOW64_64KEY, nullptr, &opened, nullptr),
        key);
  const std::wstring value = wide(text);
  const auto* bytes = reinterpret_cast<const BYTE*>(value.c_str());
  const LSTATUS code = RegSetValueExW(opened, nullptr, 0, REG_SZ, bytes,
                                      static_cast<DWORD>((value.size() + 1) * sizeof(wchar_t)));
  RegCloseKey(opened);
  check(code, key);
}

void remove_registry_key(Hive hive, const std::string& key) {
  for (const REGSAM view : {KEY_WOW64_64KEY, KEY_WOW64_32KEY}) {
    const LSTATUS code = RegDeleteKeyExW(root_of(hive), wide(key).c_str(), view, 0);
    if (code != ERROR_FILE_NOT_FOUND) check(code, key);
  }
}

}  // namespace cardmute::platform
