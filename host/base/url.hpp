// Reads scheme, host and port of a URL. It is strict, so that no two parsers can disagree about
// where a request goes. All of its code is in this header. So config/ checks a URL with the same
// code as the HTTP client, without linking the client.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include "base/ip_address.hpp"

namespace cardmute::url {

// The origin of a URL. `host` is in lower case; an IPv6 address has no brackets.
struct Origin {
  bool secure = false;  // true: https; false: http
  std::string host;
  std::optional<int> port;  // nullopt: the default of the scheme

  // The origin as "https://host[:port]".
  [[nodiscard]] std::string text() const {
    const bool is_ipv6 = host.find(':') != std::string::npos;
    return std::string(secure ? "https://" : "http://") + (is_ipv6 ? "[" + host + "]" : host) +
           (port ? ":" + std::to_string(*port) : "");
  }
};

namespace url_detail {

inline constexpr std::string_view kNameCharacters = "abcdefghijklmnopqrstuvwxyz0123456789.-_";
inline constexpr std::size_t kMaxHost_characters = 253;  // RFC 1035: 255 octets on the wire

inline std::string lower(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return result;
}

inline bool is_name_or_ipv4(std::string_view host) {
  if (host.empty() || host.size() > kMaxHost_characters) return false;
  if (host.find_first_not_of(kNameCharacters) != std::string_view::npos) return false;
  return !ip::ends_in_number(host) || ip::is_ipv4(host);
}

}  // namespace url_detail

// The origin of an absolute http or https URL. nullopt for any other URL, and for one that is
// easily misread: with a user name, unusual characters in the host, a host that is almost an IP
// address, port 0, blanks or control characters.
inline std::optional<Origin> origin_of(std::string_view url) {
  using namespace url_detail;
  constexpr int kMaxPort = 65535;
  const auto is_blank_or_control = [](char c) { return (c >= 0 && c <= ' ') || c == 127; };
  if (std::ranges::any_of(url, is_blank_or_control)) return std::nullopt;

  const std::size_t scheme_end = url.find("://");
  if (scheme_end == std::string_view::npos) return std::nullopt;
  const std::string scheme = lower(url.substr(0, scheme_end));
  if (scheme != "http" && scheme != "https") return std::nullopt;

  const std::string_view rest = url.substr(scheme_end + 3);
  const std::string authority = lower(rest.substr(0, rest.find_first_of("/?#")));
  const bool is_ipv6 = authority.starts_with('[');
  const std::size_t host_end = is_ipv6 ? authority.find(']') : authority.find(':');
  if (is_ipv6 && host_end == std::string::npos) return std::nullopt;

  Origin origin;
  origin.secure = scheme == "https";
  origin.host = is_ipv6 ? authority.substr(1, host_end - 1) : authority.substr(0, host_end);
  if (is_ipv6 ? !ip::is_ipv6(origin.host) : !is_name_or_ipv4(origin.host)) return std::nullopt;
  std::string_view after_host =
      host_end == std::string::npos ? "" : std::string_view(authority).substr(host_end);
  if (is_ipv6) after_host.remove_prefix(1);
  if (after_host.empty()) return origin;
  origin.port = ip::number(after_host.substr(1), kMaxPort);
  if (after_host.front() != ':' || !origin.port || *origin.port == 0) return std::nullopt;
  return origin;
}

// Whether `host`, written as in Origin::host, is certainly this machine. Plain http is allowed only
// for such hosts.
inline bool is_loopback_host(std::string_view host) {
  if (host == "localhost" || host == "::1") return true;
  return host.starts_with("127.") && ip::is_ipv4(host);
}

}  // namespace cardmute::url
