// Finds mistakes in URLs and site patterns of the configuration.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace cardmute::config {

// Why requests to `url` are not allowed; nullopt if they are. Allowed are https, and http to
// loopback addresses, both without user name, query and fragment. The text never repeats the URL,
// which may contain a secret.
std::optional<std::string> flaw_of_service_url(std::string_view url);

// Why `url` cannot be the URL of a proxy; nullopt if it can. Such a URL has the scheme http, https
// or a socks scheme, then a host. It can have a user name, a password and a port, and a slash at
// its end.
std::optional<std::string> flaw_of_proxy_url(std::string_view url);

// Why `pattern` is not a WebExtension match pattern that both Chromium and Firefox accept; nullopt
// if it is one, such as "https://*.example.com/*".
std::optional<std::string> flaw_of_match_pattern(std::string_view pattern);

}  // namespace cardmute::config
