// See url_flaws.hpp. Host and port are read by base/url.hpp, in the same way as by the HTTP client.
#include "config/url_flaws.hpp"

#include <algorithm>
#include <array>

#include "base/url.hpp"

namespace cardmute::config {

namespace {

struct Parts {
  std::string scheme;          // the scheme in lower case
  std::string_view authority;  // user, host and port
  std::string_view rest;       // the path and everything after it
};

// Returns nullopt if the URL has no "scheme://".
std::optional<Parts> split(std::string_view url) {
  constexpr std::string_view kSeparator = "://";
  const auto separator = url.find(kSeparator);
  if (separator == std::string_view::npos || separator == 0) {
    return std::nullopt;
  }
  const std::string_view after = url.substr(separator + kSeparator.size());
  const auto end = std::min(after.find_first_of("/?#"), after.size());
  return Parts{url::url_detail::lower(url.substr(0, separator)), after.substr(0, end),
               after.substr(end)};
}

bool is_printable_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c <= '~'; });
}

constexpr const char* kStrangeCharacter =
    "a blank or another character that is not allowed in a URL";
constexpr const char* kNoUrl = "no URL (\"https://…\" is missing)";
constexpr const char* kNoHost = "no valid host name, or a port that is not from 1 to 65535";

}  // namespace

std::optional<std::string> flaw_of_service_url(std::string_view url) {
  if (!is_printable_ascii(url)) {
    return kStrangeCharacter;
  }
  const auto parts = split(url);
  if (!parts) {
    return kNoUrl;
  }
  if (parts->scheme != "https" && parts->scheme != "http") {
    return "a URL that is neither https nor http";
  }
  if (parts->authority.find('@') != std::string_view::npos) {
    return "a user name in the URL";
  }
  if (parts->rest.find_first_of("?#") != std::string_view::npos) {
    return "a query (?…) or a fragment (#…) in the URL";
  }
  const auto origin = url::origin_of(url);
  if (!origin) {
    return kNoHost;
  }
  if (!origin->secure && !url::is_loopback_host(origin->host)) {
    return "http, which others can read and change on the way";
  }
  return std::nullopt;
}

std::optional<std::string> flaw_of_proxy_url(std::string_view url) {
  constexpr std::array<std::string_view, 6> kSchemes{"http",    "https",  "socks4",
                                                     "socks4a", "socks5", "socks5h"};
  if (!is_printable_ascii(url)) {
    return kStrangeCharacter;
  }
  const auto parts = split(url);
  if (!parts) {
    return kNoUrl;
  }
  if (std::find(kSchemes.begin(), kSchemes.end(), parts->scheme) == kSchemes.end()) {
    return "an unknown kind of proxy";
  }
  if (!parts->rest.empty() && parts->rest != "/") {
    return "something after the proxy's host and port";
  }
  if (std::ranges::count(parts->authority, '@') > 1) {
    return "@ in the user name or password (write it as %40)";
  }
  // The user name is cut off first: it is allowed here, but url::origin_of() rejects it.
  const auto host = parts->authority.substr(parts->authority.rfind('@') + 1);
  if (!url::origin_of("http://" + std::string(host))) {
    return kNoHost;
  }
  return std::nullopt;
}

std::optional<std::string> flaw_of_match_pattern(std::string_view pattern) {
  const auto parts = split(pattern);
  if (!parts || (parts->scheme != "https" && parts->scheme != "http" && parts->scheme != "*")) {
    return "it does not start with https://, http:// or *://";
  }
  std::string_view host = parts->authority;
  if (host != "*") {
    if (host.starts_with("*.")) {
      host.remove_prefix(2);
    }
    if (!url::origin_of("http://" + std::string(host))) {
      return "its host is neither a name, nor * alone, nor *. and a name (write other alphabets "
             "as xn--…)";
    }
  }
  if (!parts->rest.starts_with('/')) {
    return "it has no path (/* means every page)";
  }
  if (!is_printable_ascii(parts->rest) || parts->rest.find('#') != std::string_view::npos) {
    return "its path holds a blank, a # or a character that is not ASCII";
  }
  return std::nullopt;
}

}  // namespace cardmute::config
