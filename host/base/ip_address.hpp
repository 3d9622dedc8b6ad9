// IP addresses as text, in the only forms that all parsers read in the same way.
#pragma once

#include <charconv>
#include <cstddef>
#include <optional>
#include <string_view>
#include <system_error>

namespace cardmute::ip {

inline constexpr std::string_view kDigits = "0123456789";
inline constexpr std::string_view kHexDigits = "0123456789abcdef";

// Reads a number of at most `max`. Accepts only digits: no sign, no blank.
inline std::optional<int> number(std::string_view text, int max) {
  int value = 0;
  const char* end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, value);
  const bool digits = text.find_first_not_of(kDigits) == std::string_view::npos;
  if (error != std::errc() || stopped != end || !digits || value > max) return std::nullopt;
  return value;
}

// Whether `host` is an IPv4 address of four decimal numbers. "010" is not accepted: some parsers
// read it as octal.
inline bool is_ipv4(std::string_view host) {
  constexpr int kMaxOctet = 255;
  for (int octet = 1; octet <= 4; ++octet) {
    const std::size_t dot = host.find('.');
    const bool last = octet == 4;
    const std::string_view text = host.substr(0, dot);
    if (last != (dot == std::string_view::npos) || !number(text, kMaxOctet)) return false;
    if (text.size() > 1 && text.front() == '0') return false;
    if (!last) host.remove_prefix(dot + 1);
  }
  return true;
}

// Whether the last label is a decimal or hexadecimal number. Browsers read such a host as an IPv4
// address, even a short one ("127.1"), or refuse it. Other programs look it up as a name.
inline bool ends_in_number(std::string_view host) {
  if (host.ends_with('.')) host.remove_suffix(1);
  const std::string_view label = host.substr(host.rfind('.') + 1);
  const bool is_hex = label.starts_with("0x");
  const std::string_view digits = is_hex ? kHexDigits : kDigits;
  return !label.empty() &&
         label.substr(is_hex ? 2 : 0).find_first_not_of(digits) == std::string_view::npos;
}

// How many 16-bit groups `text` has, a part of an IPv6 address in lower case; nullopt if it is not
// a list of groups. An IPv4 address at the end counts as two.
inline std::optional<int> ipv6_groups(std::string_view text) {
  constexpr std::size_t kGroup_characters = 4;
  int groups = 0;
  while (!text.empty()) {
    const std::size_t colon = text.find(':');
    const std::string_view group = text.substr(0, colon);
    const bool last = colon == std::string_view::npos;
    const bool is_hex = !group.empty() && group.size() <= kGroup_characters &&
                        group.find_first_not_of(kHexDigits) == std::string_view::npos;
    if (!is_hex && !(last && is_ipv4(group))) return std::nullopt;
    groups += is_hex ? 1 : 2;
    if (last) return groups;
    text.remove_prefix(colon + 1);
    if (text.empty()) return std::nullopt;
  }
  return groups;
}

// Whether `host` is an IPv6 address in lower case, without brackets and zone.
inline bool is_ipv6(std::string_view host) {
  constexpr int kGroups = 8;
  constexpr std::string_view kZeros = "::";
  const std::size_t zeros = host.find(kZeros);
  if (zeros == std::string_view::npos) return ipv6_groups(host) == kGroups;
  const std::string_view left = host.substr(0, zeros);
  const auto before = ipv6_groups(left);
  const auto after = ipv6_groups(host.substr(zeros + kZeros.size()));
  const bool has_ipv4_inside = left.find('.') != std::string_view::npos;
  return before && after && !has_ipv4_inside && *before + *after < kGroups;
}

}  // namespace cardmute::ip
