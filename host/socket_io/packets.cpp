#include "socket_io/packets.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <nlohmann/json.hpp>

namespace cardmute::socket_io {

namespace {

using nlohmann::json;

constexpr std::string_view kDigits = "0123456789";
constexpr std::size_t kMaxAttachments = 10;
// The longest handshake or refusal that is parsed, since both are short.
constexpr std::size_t kMaxShort_bytes = 4096;

std::string_view take_digits(std::string_view& text) {
  const std::size_t count = std::min(text.find_first_not_of(kDigits), text.size());
  const std::string_view digits = text.substr(0, count);
  text.remove_prefix(count);
  return digits;
}

Packet bad() { return {}; }

Packet event_of(std::string_view text) {
  Packet packet{.kind = Packet::Kind::event};
  packet.ack = take_digits(text);
  packet.json = text;
  return text.starts_with('[') ? packet : bad();
}

Packet binary_event_of(std::string_view text) {
  Packet packet{.kind = Packet::Kind::binary_event};
  const std::string_view count = take_digits(text);
  const auto [end, error] =
      std::from_chars(count.data(), count.data() + count.size(), packet.attachments);
  const bool known = error == std::errc() && end == count.data() + count.size();
  return known && packet.attachments <= kMaxAttachments && text.starts_with('-') ? packet : bad();
}

Packet message_of(std::string_view text) {
  if (text.empty()) return bad();
  const char kind = text.front();
  text.remove_prefix(1);
  // The packet is for another namespace: "42/name,[…]".
  if (text.starts_with('/')) return {.kind = Packet::Kind::other};
  switch (kind) {
    case '0':
      return {.kind = Packet::Kind::joined};
    case '1':
      return {.kind = Packet::Kind::left};
    case '2':
      return event_of(text);
    case '4':
      return {.kind = Packet::Kind::refused, .json = text};
    case '5':
      return binary_event_of(text);
    default:
      return {.kind = Packet::Kind::other};
  }
}

json parsed(std::string_view text) {
  return json::parse(text.substr(0, kMaxShort_bytes), nullptr, /*allow_exceptions=*/false);
}

int interval_of(const json& handshake, const char* name) {
  const auto found = handshake.find(name);
  if (found == handshake.end() || !found->is_number_integer()) return 0;
  const auto value = found->get<std::int64_t>();
  return value >= 1 && value <= kMaxInterval_ms ? static_cast<int>(value) : 0;
}

// Error messages of engine.io 3 and socket.io 2, and of their usual middleware.
constexpr std::array kKnownWords = {
    std::string_view("Authentication error"), std::string_view("Bad handshake method"),
    std::string_view("Bad request"),          std::string_view("Forbidden"),
    std::string_view("Session ID unknown"),   std::string_view("Transport unknown"),
    std::string_view("Unauthorized"),         std::string_view("token expired")};

bool is_known(const std::string& words) {
  const bool is_code = words.size() == 3 && words >= "100" && words <= "599" &&
                       std::ranges::all_of(words, [](char c) { return c >= '0' && c <= '9'; });
  return is_code || std::ranges::find(kKnownWords, words) != kKnownWords.end();
}

}  // namespace

Packet read_packet(std::string_view text) {
  if (text.empty()) return bad();
  const std::string_view rest = text.substr(1);
  switch (text.front()) {
    case '0':
      return {.kind = Packet::Kind::handshake, .json = rest};
    case '1':
      return {.kind = Packet::Kind::close};
    case '2':
      return {.kind = Packet::Kind::ping, .json = rest};
    case '3':
      return {.kind = Packet::Kind::pong};
    case '4':
      return message_of(rest);
    case '5':
    case '6':
      return {.kind = Packet::Kind::other};
    default:
      return bad();
  }
}

std::string_view name_of_event(std::string_view json) {
  constexpr std::string_view kStart = "[\"";
  if (!json.starts_with(kStart)) return {};
  json.remove_prefix(kStart.size());
  const std::size_t end = json.find('"');
  const std::string_view name = json.substr(0, end);
  return end == std::string_view::npos || name.find('\\') != std::string_view::npos
             ? std::string_view{}
             : name;
}

std::optional<Intervals> read_handshake(std::string_view text) {
  const json handshake = parsed(text);
  if (!handshake.is_object()) return std::nullopt;
  const Intervals intervals{interval_of(handshake, "pingInterval"),
                            interval_of(handshake, "pingTimeout")};
  if (intervals.ping_ms == 0 || intervals.timeout_ms == 0) return std::nullopt;
  return intervals;
}

std::string known_words(std::string_view said) {
  const json refusal = parsed(said);
  std::string words(said);
  if (refusal.is_string()) words = refusal.get<std::string>();
  for (const char* name : {"code", "message"}) {
    if (!refusal.is_object() || !refusal.contains(name)) continue;
    const json& member = refusal[name];
    words = member.is_string() ? member.get<std::string>() : member.dump();
    if (is_known(words)) break;
  }
  return is_known(words) ? words : "";
}

}  // namespace cardmute::socket_io
