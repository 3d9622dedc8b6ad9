// The shape of URLs; see url.hpp.
#include "config/url.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <system_error>

namespace cardmute::config {

namespace {

constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr std::string_view kDigits = "0123456789";
constexpr int kMaxPort = 65'535;
constexpr int kMaxByte = 255;

bool only_of(std::string_view text, std::string_view first, std::string_view second,
             std::string_view third) {
  return std::all_of(text.begin(), text.end(), [&](char c) {
    return first.find(c) != std::string_view::npos || second.find(c) != std::string_view::npos ||
           third.find(c) != std::string_view::npos;
  });
}

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') {
      c = static_cast<char>(c - 'A' + 'a');
    }
  }
  return result;
}

std::optional<int> number(std::string_view text, int maximum) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  if (!whole || !only_of(text, kDigits, "", "") || value > maximum) {
    return std::nullopt;
  }
  return value;
}

bool is_host(std::string_view host) {
  if (host.starts_with('[')) {
    return host.size() > 3 && host.ends_with(']') &&
           only_of(host.substr(1, host.size() - 2), kDigits, "abcdefABCDEF", ":.");
  }
  return !host.empty() && only_of(host, kLetters, kDigits, ".-_") && !host.starts_with('.') &&
         host.find("..") == std::string_view::npos;
}

struct Parts {
  std::string scheme;  // in small letters
  std::string_view user;
  std::string_view host;
  std::string_view port;
  std::string_view rest;  // from the path on
  bool has_user = false;
  bool has_port = false;
};

// Nothing where there is no "scheme://".
std::optional<Parts> split(std::string_view url) {
  const auto colon = url.find("://");
  if (colon == std::string_view::npos || colon == 0) {
    return std::nullopt;
  }
  Parts parts;
  parts.scheme = lower(url.substr(0, colon));
  url.remove_prefix(colon + 3);
  const auto end = std::min(url.find_first_of("/?#"), url.size());
  parts.rest = url.substr(end);
  std::string_view authority = url.substr(0, end);
  if (const auto at = authority.rfind('@'); at != std::string_view::npos) {
    parts.has_user = true;
    parts.user = authority.substr(0, at);
    authority.remove_prefix(at + 1);
  }
  const auto bracket = authority.starts_with('[') ? authority.find(']') : 0;
  const auto port = authority.find(':', std::min(bracket, authority.size()));
  parts.has_port = port != std::string_view::npos;
  parts.host = authority.substr(0, port);
  parts.port = parts.has_port ? authority.substr(port + 1) : "";
  return parts;
}

// What service and proxy URLs have in common.
std::optional<std::string> flaw_of_shape(std::string_view url, const std::optional<Parts>& parts) {
  const bool printable = std::all_of(url.begin(), url.end(), [](char c) {
    return c > ' ' && c <= '~' && c != '\\' && c != '"' && c != '<' && c != '>';
  });
  if (!printable) {
    return "a space, a backslash or another character that no URL may hold";
  }
  if (!parts) {
    return "no URL (\"https://…\" is missing)";
  }
  if (!is_host(parts->host)) {
    return "no valid host name";
  }
  if (parts->has_port && number(parts->port, kMaxPort).value_or(0) == 0) {
    return "a port that is not from 1 to 65535";
  }
  return std::nullopt;
}

}  // namespace

bool is_loopback(std::string_view host) {
  if (lower(host) == "localhost" || host == "[::1]") {
    return true;
  }
  // All of 127.0.0.0/8, and only when written out: "127.1" is read differently by different
  // programs.
  if (!host.starts_with("127.") || std::count(host.begin(), host.end(), '.') != 3) {
    return false;
  }
  while (!host.empty()) {
    const auto dot = std::min(host.find('.'), host.size());
    if (!number(host.substr(0, dot), kMaxByte)) {
      return false;
    }
    host.remove_prefix(std::min(dot + 1, host.size()));
  }
  return true;
}

std::optional<std::string> flaw_of_service_url(std::string_view url) {
  const auto parts = split(url);
  if (auto flaw = flaw_of_shape(url, parts)) {
    return flaw;
  }
  if (parts->scheme != "https" && parts->scheme != "http") {
    return "a URL that is neither https nor http";
  }
  if (parts->scheme == "http" && !is_loopback(parts->host)) {
    return "http, which others can read and change on the way";
  }
  if (parts->has_user) {
    return "a user name in the URL";
  }
  if (parts->rest.find_first_of("?#") != std::string_view::npos) {
    return "a query (?…) or a fragment (#…) in the URL";
  }
  return std::nullopt;
}

std::optional<std::string> flaw_of_proxy_url(std::string_view url) {
  constexpr std::array<std::string_view, 6> kSchemes{"http",    "https",  "socks4",
                                                     "socks4a", "socks5", "socks5h"};
  const auto parts = split(url);
  if (auto flaw = flaw_of_shape(url, parts)) {
    return flaw;
  }
  if (std::find(kSchemes.begin(), kSchemes.end(), parts->scheme) == kSchemes.end()) {
    return "a kind of proxy that is not known";
  }
  if (!parts->rest.empty() && parts->rest != "/") {
    return "something after the proxy's host and port";
  }
  return std::nullopt;
}

std::optional<std::string> flaw_of_match_pattern(std::string_view pattern) {
  const auto parts = split(pattern);
  if (!parts || (parts->scheme != "https" && parts->scheme != "http" && parts->scheme != "*")) {
    return "it does not start with https://, http:// or *://";
  }
  if (parts->has_user) {
    return "it holds a user name";
  }
  if (parts->has_port) {
    return "it holds a port, which Firefox refuses (every port matches without one)";
  }
  std::string_view host = parts->host;
  if (host != "*") {
    if (host.starts_with("*.")) {
      host.remove_prefix(2);
    }
    if (!is_host(host)) {
      return "its host is neither a name, nor * alone, nor *. and a name (write other alphabets as "
             "xn--…)";
    }
  }
  if (!parts->rest.starts_with('/')) {
    return "it has no path (/* means every page)";
  }
  const bool plain = std::all_of(parts->rest.begin(), parts->rest.end(),
                                 [](char c) { return c > ' ' && c <= '~' && c != '#'; });
  if (!plain) {
    return "its path holds a space, a # or a character that is not ASCII";
  }
  return std::nullopt;
}

}  // namespace cardmute::config
