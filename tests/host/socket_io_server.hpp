// Makes what a server of socket.io 2.5.1 sends, for the tests and fuzzers of its client.
#pragma once

#include <string>
#include <string_view>

#include "socket_io/sha1.hpp"

namespace cardmute::socket_io {

inline constexpr std::string_view kHandshake =
    R"(0{"sid":"s","upgrades":[],"pingInterval":25000,"pingTimeout":20000})";

// Encodes one whole frame of the server.
inline std::string server_frame(std::string_view text, char opcode = '\x81') {
  constexpr std::size_t kShort = 126;
  std::string bytes(1, opcode);
  if (text.size() < kShort) {
    bytes += static_cast<char>(text.size());
  } else {
    bytes += '\x7E';
    bytes += static_cast<char>(text.size() >> 8U);
    bytes += static_cast<char>(text.size() & 0xFFU);
  }
  return bytes.append(text);
}

// The answer that accepts the client's request for a WebSocket.
inline std::string server_accept(const std::string& request) {
  const std::string name = "Sec-WebSocket-Key: ";
  const auto at = request.find(name) + name.size();
  const std::string key = request.substr(at, request.find('\r', at) - at);
  return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: " +
         base64(sha1(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")) + "\r\n\r\n";
}

}  // namespace cardmute::socket_io
