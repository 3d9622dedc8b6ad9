// The packets of engine.io 3 and socket.io 2, which are sent as text messages of the WebSocket. The
// functions here have no I/O.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace cardmute::socket_io {

struct Packet {
  enum class Kind {
    handshake,     // the text is "0{…}", with the server's intervals
    close,         // the text is "1"
    ping,          // the text is "2…"
    pong,          // the text is "3…"
    joined,        // the text is "40"
    left,          // the text is "41": the server has removed this client from the namespace
    event,         // the text is "42[…]"
    refused,       // the text is "44…": the server denies the connection, and keeps it open
    binary_event,  // the text is "45N-[…]": N binary messages follow
    other,         // a packet for another namespace, or of a kind that this client does not use
    bad            // the text is not a packet
  };
  Kind kind = Kind::bad;
  // For handshake, event and refused: the JSON text. For ping: the text that the pong must repeat.
  std::string_view json = {};
  // For event: the ID of the acknowledgement that the server waits for; empty: it waits for none.
  std::string_view ack = {};
  std::size_t attachments = 0;  // for binary_event: how many binary messages follow
};

// Reads one packet. The result refers to `text`, which must outlive the result.
Packet read_packet(std::string_view text);

// The name of an event, which is the first element of its JSON array; empty if that is not a plain
// string.
std::string_view name_of_event(std::string_view json);

struct Intervals {
  int ping_ms = 0;     // the client must send a ping at least this often
  int timeout_ms = 0;  // how long after that the server waits before it gives up
};
inline constexpr int kMaxInterval_ms = 10 * 60 * 1000;
// nullopt if an interval is missing or longer than kMaxInterval_ms.
std::optional<Intervals> read_handshake(std::string_view text);

// Returns the server's words in a refusal, which is JSON or plain text, if they are known words of
// socket.io or a code of three digits. Otherwise returns an empty text, because the words may
// repeat a name or a telephone number.
std::string known_words(std::string_view said);

}  // namespace cardmute::socket_io
