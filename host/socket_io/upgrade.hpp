// The client's side of the WebSocket handshake (RFC 6455, section 4), without I/O.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace cardmute::socket_io {

// The most bytes of an answer to the handshake that are awaited. An answer with a longer header
// counts as not HTTP, and a longer body is cut.
inline constexpr std::size_t kMaxUpgrade_bytes = std::size_t{16} * 1024;

// Makes the key for one handshake from two random numbers.
std::string upgrade_key(std::uint64_t one, std::uint64_t other);

// `authority` is "host[:port]", `target` the path with the query.
std::string upgrade_request(std::string_view authority, std::string_view target,
                            std::string_view key);

struct Upgrade {
  enum class State {
    incomplete,  // more bytes are needed
    accepted,
    denied,     // an answer with a status other than 101
    not_http,   // the bytes are not an HTTP answer, or its header is too long or incomplete
    not_socket  // status 101, but not for this handshake
  };
  State state = State::incomplete;
  int status = 0;          // the HTTP status; 0 until the whole header has arrived
  std::string body;        // if denied: the server's text
  std::size_t length = 0;  // if accepted: the length of the answer, after which frames begin
};

// `ended`: no more bytes will come.
Upgrade read_upgrade(std::string_view bytes, std::string_view key, bool ended);

}  // namespace cardmute::socket_io
