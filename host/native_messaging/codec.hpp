// Frames of native messaging as a state machine over bytes: no descriptors, no JSON.
// channel.cpp feeds it; tests and the fuzzer feed it too.
//
// A frame is a 32-bit length in native byte order and that many bytes (Chrome and Firefox manuals,
// "Native messaging", "App side" / "Native messaging protocol").
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
// The largest frame a browser sends (Chrome's limit is 64 MiB). A greater length is no length but
// text, and where the next frame begins cannot be known.
inline constexpr std::uint32_t kMaxSkippable_bytes = 64 * 1024 * 1024;
// Browsers end the connection at 1 MiB.
inline constexpr std::size_t kMaxFrameOut_bytes = 1024 * 1024 - 1;

struct Frame {
  std::string text;  // 1 to kMaxFrameIn_bytes bytes
};
struct BadFrame {
  std::string message;  // what was wrong and what was expected
  bool fatal = false;   // where the next frame begins is not known: nothing after it is read
};
using Decoded = std::variant<Frame, BadFrame>;

class FrameDecoder {
 public:
  // Takes bytes in pieces of any size and appends what they complete. Holds at most one frame.
  void feed(std::span<const char> bytes, std::vector<Decoded>& out);

  // Whether the input may not end here: a part of a frame has come.
  [[nodiscard]] bool inside_frame() const { return header_size_ > 0; }

 private:
  void begin_body(std::vector<Decoded>& out);

  std::array<char, 4> header_{};
  std::size_t header_size_ = 0;     // how much of the header has come
  std::uint32_t body_missing_ = 0;  // how much of the body has not come
  bool skipping_ = false;
  bool dead_ = false;
  std::string body_;
};

// Header and body as one; nothing when `text` is empty or over kMaxFrameOut_bytes.
std::optional<std::string> encode_frame(std::string_view text);

}  // namespace cardmute::native_messaging
