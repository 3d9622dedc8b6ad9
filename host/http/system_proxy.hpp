// The proxy of the system's own settings for a server; see platform/system_proxy.hpp.
#pragma once

#include <optional>
#include <string>

#include "base/url.hpp"
#include "platform/system_proxy.hpp"

namespace cardmute::http {

struct SystemProxy {
  std::string url;  // "http://HOST:PORT", or with the scheme that the settings name
  bool automatic = false;
};

// Returns the proxy that the settings name for this server; nullopt: no proxy.
std::optional<SystemProxy> chosen_proxy(const platform::ProxySettings& settings,
                                        const url::Origin& origin);

// Returns the proxy that the system's settings name for this server. The system is asked in a
// thread of its own, for each server at most once every kProxyFresh_s. The first call for a server
// waits up to kFirstProxy_ms for the answer. Later calls return the last answer without waiting.
// nullopt: no proxy, or no answer yet.
std::optional<SystemProxy> system_proxy(const url::Origin& origin);

inline constexpr int kFirstProxy_ms = 300;
inline constexpr int kProxyFresh_s = 60;

}  // namespace cardmute::http
