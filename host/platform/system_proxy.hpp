// The proxy that the system's own settings name, in addition to environment variables. On Windows
// the settings are the user's, and may name a PAC file or ask Windows to search for one (WPAD).
// Other systems have no such settings.
#pragma once

#include <string>

namespace cardmute::platform {

// The settings, in the form in which Windows keeps them.
struct ProxySettings {
  // "HOST:PORT", or one for each scheme as in "http=HOST:PORT;https=HOST:PORT", separated by blanks
  // or semicolons. Empty: no proxy.
  std::string proxies;
  // Hosts that are reached without the proxy, separated by blanks or semicolons. A * stands for any
  // text, and "<local>" for all hosts without a dot.
  std::string exceptions;
  // Whether a PAC file has given the proxy.
  bool automatic = false;
};

// True on Windows only.
bool has_proxy_settings();

// Returns the settings for the URL. May wait for the network, perhaps for seconds, if a PAC file
// has to be fetched.
ProxySettings proxy_settings(const std::string& url);

}  // namespace cardmute::platform
