// A client of socket.io 2 over one byte stream: handshake, pings and events. No I/O and no clock:
// the owner moves the bytes and says what time it is.
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

using Steady = std::chrono::microseconds;  // since an arbitrary start; never goes back

// The server must have joined this client by then.
inline constexpr int kJoin_ms = 10'000;
// A ping is sent this often, or as often as the server demands; without a pong in time the
// connection is dead. TCP alone would notice a dead connection only after minutes.
inline constexpr int kPing_ms = 5000;
inline constexpr int kPong_ms = 3000;
// Most bytes that may wait to be sent: only pings, pongs and acknowledgements.
inline constexpr std::size_t kMaxUnsent_bytes = std::size_t{64} * 1024;

// Why a connection is over.
enum class End {
  none,           // it is not over
  refused,        // the server denies the token
  denied,         // the server answers the handshake with an HTTP error
  not_http,       // nobody answers in HTTP
  not_socket_io,  // somebody else answers
  other_version,  // the server speaks another version of socket.io
  silent,         // the server does not answer, or no longer
  left,           // the server has put this client out
  closed,         // the server has closed the connection
  invalid,        // what the server sends cannot be read
  too_large       // a message over kMaxMessage_bytes
};

class Connection {
 public:
  // `authority`: "host[:port]". `query`: the URL's query, which may hold a secret. `seed`: for keys
  // and masks.
  Connection(std::string_view authority, std::string_view query, std::uint64_t seed, Steady now);

  void received(std::string_view bytes, Steady now);
  // The byte stream has ended.
  void ended(Steady now);
  // Call this when next_deadline() has passed.
  void tick(Steady now);

  // The bytes to send now.
  std::string take_output();
  // The JSON texts of the events that have come, in order: `["name", …]`. They may hold what is
  // private.
  std::vector<platform::Secret> take_events();

  [[nodiscard]] bool joined() const { return joined_; }
  [[nodiscard]] End end() const { return end_; }
  // What the server said about the end, if it is known (see known_words()); often empty.
  [[nodiscard]] const std::string& words() const { return words_; }
  // The HTTP status of a denied handshake; 0 if there was none.
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
  std::string answer_;  // to the handshake, so far
  bool upgraded_ = false;
  FrameReader frames_;
  std::vector<platform::Secret> events_;
  std::size_t attachments_ = 0;  // binary messages that belong to an event that was dropped
  bool joined_ = false;
  Steady join_by_;
  std::optional<Steady> ping_at_;  // after the server's handshake
  std::optional<Steady> pong_by_;
  int ping_ms_ = kPing_ms;
  End end_ = End::none;
  std::string words_;
  int http_status_ = 0;
};

}  // namespace cardmute::socket_io
