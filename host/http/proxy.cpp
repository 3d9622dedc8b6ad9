#include "http/proxy.hpp"

#include <algorithm>
#include <array>

#include "platform/paths.hpp"

namespace cardmute::http {

namespace {

constexpr std::string_view kSeparator = "://";

struct Parts {
  std::string_view scheme;       // the scheme with "://"; empty if there is none
  std::string_view credentials;  // the user name, the password and the "@" after them
  std::string_view host;         // the host and the port
  std::string_view rest;         // the path and everything after it
};

// Splits the URL. The credentials end at the last "@": with several, an earlier one may be part of
// the password.
Parts split(std::string_view proxy) {
  Parts parts;
  const auto separator = proxy.find(kSeparator);
  const auto start = separator == std::string_view::npos ? 0 : separator + kSeparator.size();
  parts.scheme = proxy.substr(0, start);
  proxy.remove_prefix(start);
  const auto at = proxy.rfind('@');
  parts.credentials = proxy.substr(0, at == std::string_view::npos ? 0 : at + 1);
  proxy.remove_prefix(parts.credentials.size());
  const auto end = std::min(proxy.find_first_of("/?#"), proxy.size());
  parts.host = proxy.substr(0, end);
  parts.rest = proxy.substr(end);
  return parts;
}

}  // namespace

std::optional<std::string> proxy_variable(const url::Origin& origin) {
  // libcurl reads "http_proxy" only in lower case, because a CGI program gets HTTP_PROXY from a
  // header that the client has chosen.
  static constexpr std::array kSecure{"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"};
  static constexpr std::array kPlain{"http_proxy", "all_proxy", "ALL_PROXY"};
  const auto first_set = [](const auto& names) -> std::optional<std::string> {
    const auto* found = std::ranges::find_if(
        names, [](const char* name) { return platform::environment(name).has_value(); });
    if (found == names.end()) return std::nullopt;
    return *found;
  };
  return origin.secure ? first_set(kSecure) : first_set(kPlain);
}

std::optional<std::string> flaw_of_proxy(std::string_view proxy) {
  // The schemes are those of https://curl.se/libcurl/c/CURLOPT_PROXY.html.
  static constexpr std::array<std::string_view, 6> kSchemes{"http",    "https",  "socks4",
                                                            "socks4a", "socks5", "socks5h"};
  if (!std::ranges::all_of(proxy, [](char c) { return c > ' ' && c <= '~'; })) {
    return "it contains a blank or another character that is not allowed in a URL (in a password, "
           "write a blank as %20)";
  }
  const Parts parts = split(proxy);
  if (!parts.scheme.empty()) {
    const std::string scheme =
        url::url_detail::lower(parts.scheme.substr(0, parts.scheme.size() - kSeparator.size()));
    if (std::ranges::find(kSchemes, scheme) == kSchemes.end()) {
      return "the kind of proxy before :// is not http, https, socks4, socks4a, socks5 or socks5h";
    }
  }
  if (parts.credentials.find_first_of("/?#") != std::string_view::npos) {
    return "its user name or password contains /, ? or # (write them as %2F, %3F and %23)";
  }
  if (std::ranges::count(parts.credentials, '@') > 1) {
    return "its user name or password contains @ (write it as %40)";
  }
  if (!url::origin_of("http://" + std::string(parts.host))) {
    return "its host is not a valid name, or its port is not from 1 to 65535";
  }
  return std::nullopt;
}

std::string proxy_in_words(std::string_view proxy) {
  if (const auto flaw = flaw_of_proxy(proxy)) return "one that cannot be used, because " + *flaw;
  const Parts parts = split(proxy);
  return std::string(parts.scheme) + std::string(parts.host);
}

bool may_be_repeated(std::string_view proxy) {
  const Parts parts = split(proxy);
  return parts.credentials.empty() && parts.rest.empty() && !flaw_of_proxy(proxy);
}

}  // namespace cardmute::http
