#include <windows.h>
// This header needs windows.h before it.
#include <winhttp.h>

#include "platform/system_proxy.hpp"
#include "platform/windows_text.hpp"

namespace cardmute::platform {

namespace {

// Loads the library only when a proxy is asked for, because loading it would make every start of a
// host slower.
class WinHttp {
 public:
  WinHttp() : library_(LoadLibraryExW(L"winhttp.dll", nullptr, LOAD_LIBRARY_SEARCH_SYSTEM32)) {}

  template <typename Function>
  [[nodiscard]] Function* function(const char* name) const {
    if (library_ == nullptr) return nullptr;
    return reinterpret_cast<Function*>(reinterpret_cast<void*>(GetProcAddress(library_, name)));
  }

 private:
  HMODULE library_;  // never freed, because the library's own threads may still run in it
};

std::string taken(wchar_t* text) {
  if (text == nullptr) return {};
  std::string result = utf8(text);
  GlobalFree(text);
  return result;
}

// Runs the PAC file for the URL. `pac_url`: its address; empty: Windows searches for one (WPAD).
// Returns false if there is no PAC file, or it cannot be fetched.
bool ask_pac_file(const WinHttp& library, const std::string& url, const std::string& pac_url,
                  ProxySettings& settings) {
  auto* const open = library.function<decltype(WinHttpOpen)>("WinHttpOpen");
  auto* const close = library.function<decltype(WinHttpCloseHandle)>("WinHttpCloseHandle");
  auto* const ask = library.function<decltype(WinHttpGetProxyForUrl)>("WinHttpGetProxyForUrl");
  if (open == nullptr || close == nullptr || ask == nullptr) return false;
  const HINTERNET session = open(L"CardMute", WINHTTP_ACCESS_TYPE_NO_PROXY, nullptr, nullptr, 0);
  if (session == nullptr) return false;
  const std::wstring wide_pac_url = wide(pac_url);
  WINHTTP_AUTOPROXY_OPTIONS options{};
  if (pac_url.empty()) {
    options.dwFlags = WINHTTP_AUTOPROXY_AUTO_DETECT;
    options.dwAutoDetectFlags = WINHTTP_AUTO_DETECT_TYPE_DHCP | WINHTTP_AUTO_DETECT_TYPE_DNS_A;
  } else {
    options.dwFlags = WINHTTP_AUTOPROXY_CONFIG_URL;
    options.lpszAutoConfigUrl = wide_pac_url.c_str();
  }
  WINHTTP_PROXY_INFO found{};
  bool known = ask(session, wide(url).c_str(), &options, &found) != 0;
  if (!known && GetLastError() == ERROR_WINHTTP_LOGIN_FAILURE) {
    // The server of the PAC file demands a log-in, so the user's own is offered.
    options.fAutoLogonIfChallenged = TRUE;
    known = ask(session, wide(url).c_str(), &options, &found) != 0;
  }
  if (known) settings = {taken(found.lpszProxy), taken(found.lpszProxyBypass), true};
  close(session);
  return known;
}

}  // namespace

bool has_proxy_settings() { return true; }

ProxySettings proxy_settings(const std::string& url) {
  static const WinHttp library;
  auto* const read = library.function<decltype(WinHttpGetIEProxyConfigForCurrentUser)>(
      "WinHttpGetIEProxyConfigForCurrentUser");
  WINHTTP_CURRENT_USER_IE_PROXY_CONFIG found{};
  if (read == nullptr || read(&found) == 0) return {};
  ProxySettings settings{taken(found.lpszProxy), taken(found.lpszProxyBypass), false};
  const std::string pac_url = taken(found.lpszAutoConfigUrl);
  // The order is that of Windows: first the search, then the named PAC file, then the named proxy.
  if (found.fAutoDetect != 0 && ask_pac_file(library, url, "", settings)) return settings;
  if (!pac_url.empty()) ask_pac_file(library, url, pac_url, settings);
  return settings;
}

}  // namespace cardmute::platform
