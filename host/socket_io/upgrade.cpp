#include "socket_io/upgrade.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include "base/plain_text.hpp"
#include "socket_io/sha1.hpp"

namespace cardmute::socket_io {

namespace {

constexpr std::string_view kLineEnd = "\r\n";
constexpr std::string_view kHeaderEnd = "\r\n\r\n";
constexpr std::string_view kVersion = "HTTP/1.1 ";
constexpr std::string_view kSalt = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";  // RFC 6455, section 1.3
constexpr int kSwitchingProtocols = 101;
constexpr std::size_t kMaxReason_bytes = 200;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool equal_ignoring_case(std::string_view one, std::string_view other) {
  return std::ranges::equal(one, other, {}, lower, lower);
}

// The value of a header; empty if it is missing.
std::string_view header_of(std::string_view head, std::string_view name) {
  for (std::size_t at = head.find(kLineEnd); at != std::string_view::npos;) {
    at += kLineEnd.size();
    const std::size_t end = std::min(head.find(kLineEnd, at), head.size());
    const std::string_view line = head.substr(at, end - at);
    const std::size_t colon = line.find(':');
    if (colon != std::string_view::npos && equal_ignoring_case(line.substr(0, colon), name)) {
      std::string_view value = line.substr(colon + 1);
      while (value.starts_with(' ')) value.remove_prefix(1);
      while (value.ends_with(' ')) value.remove_suffix(1);
      return value;
    }
    at = head.find(kLineEnd, at);
  }
  return {};
}

std::optional<std::size_t> number_of(std::string_view text) {
  std::size_t value = 0;
  const char* end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, value);
  return !text.empty() && error == std::errc() && stopped == end ? std::optional(value)
                                                                 : std::nullopt;
}

}  // namespace

std::string upgrade_key(std::uint64_t one, std::uint64_t other) {
  std::string bytes;
  for (const std::uint64_t number : {one, other}) {
    for (unsigned shift = 0; shift < 64; shift += 8) {
      bytes += static_cast<char>(number >> shift & 0xFFU);
    }
  }
  return base64(bytes);
}

std::string upgrade_request(std::string_view authority, std::string_view target,
                            std::string_view key) {
  std::string request = "GET ";
  request.append(target).append(" HTTP/1.1\r\nHost: ").append(authority);
  request.append("\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: ");
  return request.append(key).append("\r\nSec-WebSocket-Version: 13\r\n\r\n");
}

Upgrade read_upgrade(std::string_view bytes, std::string_view key, bool ended) {
  Upgrade upgrade;
  const std::string_view start = bytes.substr(0, kVersion.size());
  const bool may_be_http = kVersion.starts_with(start);
  const std::size_t head_size = bytes.find(kHeaderEnd);
  const bool whole_head = head_size != std::string_view::npos;
  const std::string_view line = bytes.substr(0, bytes.find(kLineEnd));
  const auto status = line.size() >= kVersion.size() + 3
                          ? number_of(line.substr(kVersion.size(), 3))
                          : std::nullopt;
  if (!may_be_http || (whole_head && !status) || (!whole_head && ended) ||
      (!whole_head && bytes.size() > kMaxUpgrade_bytes)) {
    upgrade.state = Upgrade::State::not_http;
    return upgrade;
  }
  if (!whole_head) return upgrade;
  upgrade.status = static_cast<int>(*status);
  const std::string_view head = bytes.substr(0, head_size);
  if (upgrade.status == kSwitchingProtocols) {
    const bool is_ours =
        equal_ignoring_case(header_of(head, "Upgrade"), "websocket") &&
        header_of(head, "Sec-WebSocket-Accept") == base64(sha1(std::string(key).append(kSalt)));
    upgrade.state = is_ours ? Upgrade::State::accepted : Upgrade::State::not_socket;
    upgrade.length = head_size + kHeaderEnd.size();
    return upgrade;
  }
  const std::string_view body = bytes.substr(head_size + kHeaderEnd.size());
  const auto expected = number_of(header_of(head, "Content-Length"));
  const bool whole =
      ended || bytes.size() > kMaxUpgrade_bytes || (expected && body.size() >= *expected);
  if (!whole) return upgrade;
  upgrade.state = Upgrade::State::denied;
  upgrade.body = plain_text(body, kMaxReason_bytes);
  return upgrade;
}

}  // namespace cardmute::socket_io
