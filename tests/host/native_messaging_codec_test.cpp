// Tests the encoder, and the decoder with frames in pieces, joined, cut off, empty or too large.
#include <gtest/gtest.h>

#include <cstring>

#include "native_messaging/codec.hpp"

namespace cardmute::native_messaging {
namespace {

std::string header(std::uint32_t length) {
  std::string bytes(sizeof length, '\0');
  std::memcpy(bytes.data(), &length, sizeof length);
  return bytes;
}

std::vector<Decoded> decode(FrameDecoder& decoder, const std::string& bytes, std::size_t piece) {
  std::vector<Decoded> out;
  for (std::size_t at = 0; at < bytes.size(); at += piece) {
    decoder.feed(std::span(bytes).subspan(at, std::min(piece, bytes.size() - at)), out);
  }
  return out;
}

std::string text_of(const Decoded& item) { return std::get<Frame>(item).text; }

TEST(FrameDecoder, ReadsJoinedFramesInPiecesOfAnySize) {
  const std::string bytes = *encode_frame("{\"a\":1}") + *encode_frame("x") + *encode_frame("yz");
  for (std::size_t piece = 1; piece <= bytes.size(); ++piece) {
    FrameDecoder decoder;
    const auto out = decode(decoder, bytes, piece);
    ASSERT_EQ(out.size(), 3U) << piece;
    EXPECT_EQ(text_of(out[0]), "{\"a\":1}");
    EXPECT_EQ(text_of(out[1]), "x");
    EXPECT_EQ(text_of(out[2]), "yz");
    EXPECT_FALSE(decoder.inside_frame());
  }
}

TEST(FrameDecoder, KnowsThatItIsInsideAFrame) {
  const std::string bytes = *encode_frame("{}");
  for (std::size_t length = 1; length < bytes.size(); ++length) {
    FrameDecoder decoder;
    EXPECT_TRUE(decode(decoder, bytes.substr(0, length), 1).empty());
    EXPECT_TRUE(decoder.inside_frame()) << length;
  }
}

TEST(FrameDecoder, SkipsAnEmptyFrame) {
  FrameDecoder decoder;
  const auto out = decode(decoder, header(0) + *encode_frame("{}"), 3);
  ASSERT_EQ(out.size(), 2U);
  EXPECT_FALSE(std::get<BadFrame>(out[0]).fatal);
  EXPECT_EQ(text_of(out[1]), "{}");
}

TEST(FrameDecoder, AcceptsTheLargestFrameAndSkipsALargerOne) {
  FrameDecoder decoder;
  const auto largest = decode(decoder, *encode_frame(std::string(kMaxFrameIn_bytes, 'x')), 4096);
  ASSERT_EQ(largest.size(), 1U);
  EXPECT_EQ(text_of(largest[0]).size(), kMaxFrameIn_bytes);

  const std::string over = *encode_frame(std::string(kMaxFrameIn_bytes + 1, 'x'));
  const auto out = decode(decoder, over + *encode_frame("{}"), 4096);
  ASSERT_EQ(out.size(), 2U);
  const auto& bad = std::get<BadFrame>(out[0]);
  EXPECT_FALSE(bad.fatal);
  EXPECT_NE(bad.message.find("65537 bytes: expected at most 65536"), std::string::npos);
  EXPECT_EQ(text_of(out[1]), "{}");
}

TEST(FrameDecoder, EndsAtALengthThatNoBrowserSends) {
  for (const auto length : {kMaxSkippable_bytes + 1, std::uint32_t{0xffffffff}}) {
    FrameDecoder decoder;
    const auto out = decode(decoder, header(length) + *encode_frame("{}"), 5);
    ASSERT_EQ(out.size(), 1U);
    EXPECT_TRUE(std::get<BadFrame>(out[0]).fatal);
    EXPECT_FALSE(decoder.inside_frame());
  }
}

TEST(FrameDecoder, SkipsTheLargestFrameABrowserSends) {
  FrameDecoder decoder;
  std::vector<Decoded> out;
  decoder.feed(header(kMaxSkippable_bytes), out);
  const std::string piece(1024 * 1024, 'x');
  for (std::uint32_t sent = 0; sent < kMaxSkippable_bytes; sent += 1024 * 1024) {
    decoder.feed(piece, out);
  }
  decoder.feed(*encode_frame("{}"), out);
  ASSERT_EQ(out.size(), 2U);
  EXPECT_FALSE(std::get<BadFrame>(out[0]).fatal);
}

TEST(EncodeFrame, RejectsWhatABrowserWouldNotAccept) {
  EXPECT_EQ(encode_frame(""), std::nullopt);
  EXPECT_TRUE(encode_frame(std::string(kMaxFrameOut_bytes, 'x')).has_value());
  EXPECT_EQ(encode_frame(std::string(kMaxFrameOut_bytes + 1, 'x')), std::nullopt);
}

}  // namespace
}  // namespace cardmute::native_messaging
