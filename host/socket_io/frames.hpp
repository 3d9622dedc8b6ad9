// WebSocket frames (RFC 6455, section 5) as a client writes and reads them, without I/O. Extensions
// are never offered, so a frame that uses one is an error.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cardmute::socket_io {

// The longest message that is read. The largest known event has the state of all extensions of an
// account, about 1.5 KB for each extension.
inline constexpr std::size_t kMaxMessage_bytes = std::size_t{4} * 1024 * 1024;
// The longest payload of a close, a ping or a pong.
inline constexpr std::size_t kMaxControl_bytes = 125;

enum class Opcode : std::uint8_t { continuation = 0, text = 1, binary = 2, close = 8, ping, pong };

// Encodes one whole frame. `payload` has at most 65,535 bytes. `mask` is a random number, so that a
// web page cannot guess the bytes on the network.
std::string client_frame(Opcode opcode, std::string_view payload, std::uint32_t mask);

// Why the server's bytes cannot be read.
enum class FrameFlaw {
  none,
  speaks_http,  // "HTTP/…" instead of a frame: the server uses another protocol version
  invalid,      // the bytes are not a frame, or are one that a server must not send
  too_large,    // the message is longer than kMaxMessage_bytes
};

struct Message {
  Opcode kind = Opcode::text;  // never `continuation`
  std::string payload;
};

class FrameReader {
 public:
  ~FrameReader();
  FrameReader() = default;
  FrameReader(const FrameReader&) = delete;
  FrameReader& operator=(const FrameReader&) = delete;

  void add(std::string_view bytes);
  // Returns the next whole message or control frame (close, ping or pong). Returns nullopt if more
  // bytes are needed, or if the bytes cannot be read; flaw() then says why. The payload may contain
  // private data, so wipe it.
  std::optional<Message> next();
  [[nodiscard]] FrameFlaw flaw() const { return flaw_; }

 private:
  struct Header {
    bool final = false;
    Opcode opcode = Opcode::continuation;
    std::size_t header_bytes = 0;
    std::uint64_t payload_bytes = 0;
  };
  std::optional<Header> read_header();
  [[nodiscard]] FrameFlaw flaw_of(const Header& header) const;
  std::string take(const Header& header);

  std::string buffer_;
  std::size_t read_ = 0;            // how many bytes of buffer_ have been used
  std::optional<Message> message_;  // the fragments that have arrived so far
  FrameFlaw flaw_ = FrameFlaw::none;
};

}  // namespace cardmute::socket_io
