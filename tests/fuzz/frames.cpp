// Fuzzes frames in pieces: the result must not depend on where the input is cut. The first byte
// decides the cuts; the rest is the input.
#include <algorithm>
#include <cstdint>
#include <random>
#include <vector>

#include "must.hpp"
#include "native_messaging/codec.hpp"

namespace {

using namespace cardmute::native_messaging;
using cardmute::fuzz::must;

constexpr std::size_t kLongestPiece_bytes = 40;

struct Reading {
  std::vector<Decoded> decoded;
  bool inside_frame = false;
};

Reading read_whole(std::span<const char> bytes) {
  Reading reading;
  FrameDecoder decoder;
  decoder.feed(bytes, reading.decoded);
  reading.inside_frame = decoder.inside_frame();
  return reading;
}

Reading read_in_pieces(std::span<const char> bytes, std::uint32_t seed) {
  Reading reading;
  FrameDecoder decoder;
  std::minstd_rand random(seed);
  while (!bytes.empty()) {
    const auto length = std::min<std::size_t>(bytes.size(), random() % (kLongestPiece_bytes + 1));
    decoder.feed(bytes.first(length), reading.decoded);
    bytes = bytes.subspan(length);
  }
  reading.inside_frame = decoder.inside_frame();
  return reading;
}

bool same(const Decoded& one, const Decoded& other) {
  if (one.index() != other.index()) return false;
  if (const auto* frame = std::get_if<Frame>(&one)) {
    return frame->text == std::get<Frame>(other).text;
  }
  const auto& bad = std::get<BadFrame>(one);
  const auto& other_bad = std::get<BadFrame>(other);
  return bad.message == other_bad.message && bad.fatal == other_bad.fatal;
}

void check(const Reading& reading, std::size_t input_bytes) {
  std::size_t used_bytes = 0;
  for (std::size_t i = 0; i < reading.decoded.size(); ++i) {
    used_bytes += sizeof(std::uint32_t);
    if (const auto* frame = std::get_if<Frame>(&reading.decoded[i])) {
      must(!frame->text.empty() && frame->text.size() <= kMaxFrameIn_bytes, "a frame's size");
      const auto encoded = encode_frame(frame->text);
      must(encoded && encoded->ends_with(frame->text), "a frame can be written as it was read");
      used_bytes += frame->text.size();
    } else if (std::get<BadFrame>(reading.decoded[i]).fatal) {
      must(i + 1 == reading.decoded.size(), "nothing is read after a fatal frame");
      must(!reading.inside_frame, "a fatal frame is complete");
    }
  }
  must(used_bytes <= input_bytes, "nothing is read that was not written");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::span bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const Reading whole = read_whole(bytes);
  const Reading pieces = read_in_pieces(bytes, data[0]);
  check(whole, bytes.size());
  must(std::ranges::equal(whole.decoded, pieces.decoded, same),
       "the cuts do not change what is read");
  must(whole.inside_frame == pieces.inside_frame,
       "the cuts do not change whether the input ends inside a frame");
  return 0;
}
