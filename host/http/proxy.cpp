#include "http/proxy.hpp"

#include <algorithm>
#include <array>

#include "platform/paths.hpp"

namespace cardmute::http {

namespace {

constexpr std::string_view kSeparator = "://";

// The user name, the password and the "@" after them; empty if there are none.
std::string_view credentials_of(std::string_view authority) {
  const auto end = authority.rfind('@');
  return end == std::string_view::npos ? std::string_view() : authority.substr(0, end + 1);
}

}  // namespace

std::optional<std::string> proxy_variable(const url::Origin& origin) {
  // libcurl reads "http_proxy" in lower case only: in a CGI program, HTTP_PROXY has the value of a
  // header that the client chose.
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
  // https://curl.se/libcurl/c/CURLOPT_PROXY.html
  static constexpr std::array<std::string_view, 6> kSchemes{"http",    "https",  "socks4",
                                                            "socks4a", "socks5", "socks5h"};
  if (!std::ranges::all_of(proxy, [](char c) { return c > ' ' && c <= '~'; })) {
    return "it contains a blank or another character that is not allowed in a URL (in a password, "
           "write a blank as %20)";
  }
  if (const auto separator = proxy.find(kSeparator); separator != std::string_view::npos) {
    const std::string scheme = url::url_detail::lower(proxy.substr(0, separator));
    if (std::ranges::find(kSchemes, scheme) == kSchemes.end()) {
      return "the kind of proxy before :// is not http, https, socks4, socks4a, socks5 or socks5h";
    }
    proxy.remove_prefix(separator + kSeparator.size());
  }
  const std::string_view credentials = credentials_of(proxy);
  if (credentials.find_first_of("/?#") != std::string_view::npos) {
    return "its user name or password contains /, ? or # (write them as %2F, %3F and %23)";
  }
  proxy.remove_prefix(credentials.size());
  const std::string_view host = proxy.substr(0, proxy.find_first_of("/?#"));
  if (!url::origin_of("http://" + std::string(host))) {
    return "its host is not a valid name, or its port is not from 1 to 65535";
  }
  return std::nullopt;
}

std::string proxy_in_words(std::string_view proxy) {
  if (const auto flaw = flaw_of_proxy(proxy)) return "one that cannot be used, because " + *flaw;
  const auto separator = proxy.find(kSeparator);
  const auto start = separator == std::string_view::npos ? 0 : separator + kSeparator.size();
  const std::string scheme(proxy.substr(0, start));
  proxy.remove_prefix(start);
  return scheme + std::string(proxy.substr(credentials_of(proxy).size()));
}

bool may_be_repeated(std::string_view proxy) {
  return credentials_of(proxy).empty() && !flaw_of_proxy(proxy);
}

}  // namespace cardmute::http
