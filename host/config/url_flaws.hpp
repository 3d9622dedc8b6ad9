// URLs and site patterns as the configuration may hold them. Pure; for config/ only.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace cardmute::config {

// What keeps `url` from being asked, in words that never repeat the URL (it may hold a secret);
// nothing when it may. Allowed: https anywhere, http on loopback only; no user name, no query, no
// fragment.
std::optional<std::string> flaw_of_service_url(std::string_view url);

// The same for a proxy: http, https or a socks scheme, a host, and nothing after the port. A user
// name is allowed.
std::optional<std::string> flaw_of_proxy_url(std::string_view url);

// The same for a WebExtension match pattern that both browsers take, such as
// "https://*.example.com/*".
std::optional<std::string> flaw_of_match_pattern(std::string_view pattern);

}  // namespace cardmute::config
