// The proxy that the system's own settings name, beside the environment's variables. On Windows
// they are the person's, and may name a PAC file or have one searched for (WPAD). Other systems
// have none.
#pragma once

#include <string>

namespace cardmute::platform {

// As Windows keeps them.
struct ProxySettings {
  // "HOST:PORT", or for each scheme "http=HOST:PORT;https=HOST:PORT", by blanks or semicolons.
  // Empty: no proxy.
  std::string proxies;
  // Hosts that are asked directly, with * for any text, by blanks or semicolons; "<local>": those
  // without a dot.
  std::string exceptions;
  // Found by a PAC file.
  bool automatic = false;
};

// Whether this system has such settings.
bool has_proxy_settings();

// For the URL. Waits for the network if a PAC file has to be fetched, perhaps for seconds.
ProxySettings proxy_settings(const std::string& url);

}  // namespace cardmute::platform
