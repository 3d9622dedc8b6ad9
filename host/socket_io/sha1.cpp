// See sha1.hpp. The algorithm is FIPS 180-4, section 6.1.
#include "socket_io/sha1.hpp"

#include <array>
#include <bit>
#include <cstdint>

namespace cardmute::socket_io {

namespace {

constexpr std::size_t kBlock_bytes = 64;
constexpr unsigned kByte_bits = 8;

using Digest = std::array<std::uint32_t, 5>;

std::uint32_t big_endian(const char* bytes) {
  std::uint32_t value = 0;
  for (int i = 0; i < 4; ++i) value = value << kByte_bits | static_cast<unsigned char>(bytes[i]);
  return value;
}

void add_block(const char* block, Digest& digest) {
  std::array<std::uint32_t, 80> words{};
  for (std::size_t i = 0; i < 16; ++i) words[i] = big_endian(block + 4 * i);
  for (std::size_t i = 16; i < words.size(); ++i) {
    words[i] = std::rotl(words[i - 3] ^ words[i - 8] ^ words[i - 14] ^ words[i - 16], 1);
  }
  auto [a, b, c, d, e] = digest;
  for (std::size_t i = 0; i < words.size(); ++i) {
    std::uint32_t mixed = 0;
    if (i < 20) {
      mixed = ((b & c) | (~b & d)) + 0x5A827999U;
    } else if (i < 40) {
      mixed = (b ^ c ^ d) + 0x6ED9EBA1U;
    } else if (i < 60) {
      mixed = ((b & c) | (b & d) | (c & d)) + 0x8F1BBCDCU;
    } else {
      mixed = (b ^ c ^ d) + 0xCA62C1D6U;
    }
    const std::uint32_t next = std::rotl(a, 5) + mixed + e + words[i];
    e = d;
    d = c;
    c = std::rotl(b, 30);
    b = a;
    a = next;
  }
  const Digest rounds{a, b, c, d, e};
  for (std::size_t i = 0; i < digest.size(); ++i) digest[i] += rounds[i];
}

}  // namespace

std::string sha1(std::string_view text) {
  Digest digest{0x67452301U, 0xEFCDAB89U, 0x98BADCFEU, 0x10325476U, 0xC3D2E1F0U};
  std::string padded(text);
  padded += '\x80';
  while (padded.size() % kBlock_bytes != kBlock_bytes - 8) padded += '\0';
  const std::uint64_t bits = std::uint64_t{text.size()} * kByte_bits;
  for (int shift = 56; shift >= 0; shift -= 8) padded += static_cast<char>(bits >> shift & 0xFFU);
  for (std::size_t at = 0; at < padded.size(); at += kBlock_bytes) {
    add_block(padded.data() + at, digest);
  }
  std::string bytes;
  for (const std::uint32_t word : digest) {
    for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(word >> shift & 0xFFU);
  }
  return bytes;
}

std::string base64(std::string_view bytes) {
  constexpr std::string_view kLetters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    const std::string_view group = bytes.substr(at, 3);
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 3; ++i) {
      value = value << kByte_bits | (i < group.size() ? static_cast<unsigned char>(group[i]) : 0U);
    }
    for (std::size_t i = 0; i < 4; ++i) {
      text += i <= group.size() ? kLetters[value >> (18 - 6 * i) & 0x3FU] : '=';
    }
  }
  return text;
}

}  // namespace cardmute::socket_io
