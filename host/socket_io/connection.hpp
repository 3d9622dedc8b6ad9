// A client of socket.io 2 on one byte stream: handshake, pings and events. It has no I/O and no
// clock: the owner moves the bytes and passes the time.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "platform/secret.hpp"
#include "socket_io/frames.hpp"
#include "socket_io/packets.hpp"

namespace cardmute::socket_io {

using Steady = std::chrono::microseconds;  // the time since an arbitrary start; never goes back

// How long it may take until the server has joined this client to the namespace.
inline constexpr int kJoin_ms = 10'000;
// A ping is sent this often, or more often if the server demands it. If its pong does not come in
// time, the connection counts as dead. TCP alone would notice that only after minutes.
inline constexpr int kPing_ms = 5000;
inline constexpr int kPong_ms = 3000;
// The most bytes that may wait to be sent. After the handshake the client sends only pings, pongs,
// acknowledgements and the answer to a close.
inline constexpr std::size_t kMaxUnsent_bytes = std::size_t{64} * 1024;

enum class End {
  none,           // it is not over
  refused,        // the server has denied the token
  denied,         // the server has answered the handshake with an HTTP status other than 101
  not_http,       // the other side does not answer in HTTP, or with a header that is too long
  not_socket_io,  // the other side does not use socket.io
  other_version,  // the server uses another version of socket.io
  silent,         // the server does not answer at all, or no longer
  left,           // the server has removed this client from the namespace
  closed,         // the server has closed the connection, or the byte stream has ended
  // the server has sent something that cannot be read, or demands more than kMaxUnsent_bytes of
  // answers
  invalid,
  too_large  // the server has sent a message over kMaxMessage_bytes
};

class Connection {
 public:
  // `authority` is "host[:port]". `query` is the URL's query, which may contain a secret. `seed` is
  // for keys and masks.
  Connection(std::string_view authority, std::string_view query, std::uint64_t seed, Steady now);

  void received(std::string_view bytes, Steady now);
  // Call this when the byte stream has ended.
  void ended(Steady now);
  // Call this when next_deadline() has passed.
  void tick(Steady now);

  // Returns the bytes to send now.
  std::string take_output();
  // Returns the events that have arrived as JSON texts, in order: `["name", …]`. They may contain
  // private data.
  std::vector<platform::Secret> take_events();

  [[nodiscard]] bool joined() const { return joined_; }
  [[nodiscard]] End end() const { return end_; }
  // The text with which the server ended the connection, if it is a known one (see known_words());
  // often empty.
  [[nodiscard]] const std::string& words() const { return words_; }
  // The HTTP status of the answer to the handshake; 0 if its header has not arrived.
  [[nodiscard]] int http_status() const { return http_status_; }
  [[nodiscard]] std::optional<Steady> next_deadline() const;

 private:
  void read_answer(bool stream_ended, Steady now);
  void read_messages(Steady now);
  void on_message(const Message& message, Steady now);
  void on_packet(const Packet& packet, Steady now);
  void on_handshake(const Packet& packet, Steady now);
  void send(Opcode opcode, std::string_view payload);
  void is_over(End why, std::string words = {});

  std::mt19937_64 random_;
  std::string key_;
  std::string output_;
  std::string answer_;  // the part of the handshake's answer that has arrived
  bool upgraded_ = false;
  FrameReader frames_;
  std::vector<platform::Secret> events_;
  std::size_t attachments_ = 0;  // how many binary messages of a dropped event are still to come
  bool joined_ = false;
  Steady join_by_;
  std::optional<Steady> ping_at_;  // nullopt before the server's handshake
  std::optional<Steady> pong_by_;
  int ping_ms_ = kPing_ms;
  End end_ = End::none;
  std::string words_;
  int http_status_ = 0;
};

}  // namespace cardmute::socket_io
