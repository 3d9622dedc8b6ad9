// Decodes and encodes native messaging frames: a state machine over bytes, without descriptors or
// JSON.
//
// A frame is a 32-bit length in native byte order, followed by that many bytes (manuals of Chrome
// and Firefox, "Native messaging", "App side" / "Native messaging protocol").
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace cardmute::native_messaging {

inline constexpr std::uint32_t kMaxFrameIn_bytes = 64 * 1024;
// The largest frame that a browser sends (Chrome's limit is 64 MiB). If the length is greater, it
// is not a length but other data, and the start of the next frame is unknown.
inline constexpr std::uint32_t kMaxSkippable_bytes = 64 * 1024 * 1024;
// The largest frame that may be sent. Browsers end the connection if one has 1 MiB or more.
inline constexpr std::size_t kMaxFrameOut_bytes = 1024 * 1024 - 1;

struct Frame {
  std::string text;  // a text of 1 to kMaxFrameIn_bytes bytes
};
struct BadFrame {
  std::string message;  // what was wrong and what was expected
  bool fatal = false;   // the start of the next frame is unknown, so nothing more is read
};
using Decoded = std::variant<Frame, BadFrame>;

class FrameDecoder {
 public:
  // Takes bytes in pieces of any size and appends the frames that they complete. Buffers at most
  // one frame.
  void feed(std::span<const char> bytes, std::vector<Decoded>& out);

  // Whether a part of a frame has been read, so that the input must not end here.
  [[nodiscard]] bool inside_frame() const { return header_size_ > 0; }

 private:
  void begin_body(std::vector<Decoded>& out);

  std::array<char, 4> header_{};
  std::size_t header_size_ = 0;     // bytes of the header read so far
  std::uint32_t body_missing_ = 0;  // bytes of the body still to read
  bool skipping_ = false;
  bool dead_ = false;
  std::string body_;
};

// The header and the body; nullopt if `text` is empty or over kMaxFrameOut_bytes.
std::optional<std::string> encode_frame(std::string_view text);

}  // namespace cardmute::native_messaging
