// The proxy of the system's own settings for a server; see platform/system_proxy.hpp.
#pragma once

#include <optional>
#include <string>

#include "base/url.hpp"
#include "platform/system_proxy.hpp"

namespace cardmute::http {

struct SystemProxy {
  std::string url;  // "http://HOST:PORT"
  bool automatic = false;
};

// What the settings say for this server; nullopt: no proxy.
std::optional<SystemProxy> chosen_proxy(const platform::ProxySettings& settings,
                                        const url::Origin& origin);

// Asks the system for them, in a thread of its own, and at most every kProxyFresh_s. The first
// answer is waited for kFirstProxy_ms; what was answered last holds meanwhile.
std::optional<SystemProxy> system_proxy(const url::Origin& origin);

inline constexpr int kFirstProxy_ms = 300;
inline constexpr int kProxyFresh_s = 60;

}  // namespace cardmute::http
