#include "config/hidden_characters.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>

namespace cardmute::config {

namespace {

struct Range {
  std::uint32_t first;
  std::uint32_t last;
};

// From Unicode 17: the categories Cc, Cf, Zl, Zp, Cs and Co; Zs except the blank; the properties
// Default_Ignorable_Code_Point and Noncharacter_Code_Point; and characters of other categories
// whose glyph is blank: the empty Braille pattern, U+FFFC (stands for an object that was not
// copied), the blank Egyptian hieroglyphs, the Khitan filler and the musical null notehead.
// tests/hidden-characters.test.js compares this with the tables of the Unicode version that
// Node.js has.
constexpr std::array kHidden{
    Range{0x0000, 0x001F},   Range{0x007F, 0x00A0},   Range{0x00AD, 0x00AD},
    Range{0x034F, 0x034F},   Range{0x0600, 0x0605},   Range{0x061C, 0x061C},
    Range{0x06DD, 0x06DD},   Range{0x070F, 0x070F},   Range{0x0890, 0x0891},
    Range{0x08E2, 0x08E2},   Range{0x115F, 0x1160},   Range{0x1680, 0x1680},
    Range{0x17B4, 0x17B5},   Range{0x180B, 0x180F},   Range{0x2000, 0x200F},
    Range{0x2028, 0x202F},   Range{0x205F, 0x206F},   Range{0x2800, 0x2800},
    Range{0x3000, 0x3000},   Range{0x3164, 0x3164},   Range{0xD800, 0xF8FF},
    Range{0xFDD0, 0xFDEF},   Range{0xFE00, 0xFE0F},   Range{0xFEFF, 0xFEFF},
    Range{0xFFA0, 0xFFA0},   Range{0xFFF0, 0xFFFC},   Range{0xFFFE, 0xFFFF},
    Range{0x110BD, 0x110BD}, Range{0x110CD, 0x110CD}, Range{0x13430, 0x1343F},
    Range{0x13441, 0x13442}, Range{0x16FE4, 0x16FE4}, Range{0x1BCA0, 0x1BCA3},
    Range{0x1D159, 0x1D159}, Range{0x1D173, 0x1D17A}, Range{0x1FFFE, 0x1FFFF},
    Range{0x2FFFE, 0x2FFFF}, Range{0x3FFFE, 0x3FFFF}, Range{0x4FFFE, 0x4FFFF},
    Range{0x5FFFE, 0x5FFFF}, Range{0x6FFFE, 0x6FFFF}, Range{0x7FFFE, 0x7FFFF},
    Range{0x8FFFE, 0x8FFFF}, Range{0x9FFFE, 0x9FFFF}, Range{0xAFFFE, 0xAFFFF},
    Range{0xBFFFE, 0xBFFFF}, Range{0xCFFFE, 0xCFFFF}, Range{0xDFFFE, 0xE0FFF},
    Range{0xEFFFE, 0x10FFFF}};

// Removes the first character from `text` and returns it. Bytes that are not UTF-8 become U+FFFD.
std::uint32_t take_character(std::string_view& text) {
  constexpr std::uint32_t kReplacement = 0xFFFD;
  constexpr unsigned kContinuationBits = 6;
  const auto first = static_cast<unsigned char>(text.front());
  const unsigned length = first < 0x80U ? 1 : first < 0xE0U ? 2 : first < 0xF0U ? 3 : 4;
  std::uint32_t code = length == 1 ? first : first & (0xFFU >> (length + 1));
  if ((first >= 0x80U && first < 0xC2U) || text.size() < length) {
    text.remove_prefix(1);
    return kReplacement;
  }
  for (unsigned i = 1; i < length; ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if ((byte & 0xC0U) != 0x80U) {
      text.remove_prefix(1);
      return kReplacement;
    }
    code = (code << kContinuationBits) | (byte & 0x3FU);
  }
  text.remove_prefix(length);
  return code;
}

}  // namespace

namespace {

struct Found {
  std::uint32_t code;
  std::size_t place;  // the character's position; the first character is 1
};

template <class Matches>
std::optional<Found> first_character(std::string_view text, Matches matches) {
  for (std::size_t place = 1; !text.empty(); ++place) {
    const std::uint32_t code = take_character(text);
    if (matches(code)) return Found{code, place};
  }
  return std::nullopt;
}

std::string place_of(const Found& found) { return ", as character " + std::to_string(found.place); }

}  // namespace

std::optional<std::string> hidden_character(std::string_view text) {
  const auto found = first_character(text, [](std::uint32_t code) {
    return std::ranges::any_of(
        kHidden, [code](Range range) { return code >= range.first && code <= range.last; });
  });
  if (!found) return std::nullopt;
  std::array<char, 16> number{};
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg): std::format is not everywhere yet
  static_cast<void>(
      std::snprintf(number.data(), number.size(), "U+%04X", static_cast<unsigned>(found->code)));
  return std::string("an invisible character, ") + number.data() + place_of(*found);
}

std::optional<std::string> look_alike(std::string_view text) {
  constexpr std::uint32_t kLastAscii = 0x7F;
  const auto found = first_character(text, [](std::uint32_t code) { return code > kLastAscii; });
  if (!found) return std::nullopt;
  return "a character that is not ASCII" + place_of(*found) +
         ": it may look like another one that is meant";
}

}  // namespace cardmute::config
