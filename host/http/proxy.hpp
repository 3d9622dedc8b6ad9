// Describes a proxy, whether the configuration, the environment or the system names it. The proxy's
// URL may contain secrets in its user name, password, path or query. No function here reveals any
// part of these.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/url.hpp"

namespace cardmute::http {

// The variable from which libcurl takes a proxy for `origin`; nullopt if none is set.
std::optional<std::string> proxy_variable(const url::Origin& origin);

// Why libcurl cannot use `proxy`, in words for a person; nullopt if libcurl can use it.
std::optional<std::string> flaw_of_proxy(std::string_view proxy);

// Describes `proxy` for a person by its scheme, host and port. Shows nothing of a URL that libcurl
// cannot use, because it is unclear where the password ends.
std::string proxy_in_words(std::string_view proxy);

// Whether libcurl's error messages may be shown. They can repeat any part of `proxy`, so they must
// not be shown if `proxy` has, or may have, more than a scheme, a host and a port.
bool may_be_repeated(std::string_view proxy);

}  // namespace cardmute::http
