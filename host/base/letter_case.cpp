#include "base/letter_case.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace cardmute {

namespace {

// Capital letters from `first` to `last`, each with its small letter `distance` code points later.
// With distance 1, capitals and small letters alternate, beginning with a capital.
struct Capitals {
  std::uint32_t first;
  std::uint32_t last;
  std::uint32_t distance;
};

// Simple case mappings of Unicode (UnicodeData.txt) for the letters that occur in names. The
// Turkish dotted I is left out, because its small letter depends on the language.
constexpr std::array<Capitals, 19> kCapitals{{
    {'A', 'Z', 32},     {0xC0, 0xD6, 32},   {0xD8, 0xDE, 32},   {0x100, 0x12E, 1},
    {0x132, 0x136, 1},  {0x139, 0x147, 1},  {0x14A, 0x176, 1},  {0x179, 0x17D, 1},
    {0x218, 0x21E, 1},  {0x386, 0x386, 38}, {0x388, 0x38A, 37}, {0x38C, 0x38C, 64},
    {0x38E, 0x38F, 63}, {0x391, 0x3A1, 32}, {0x3A3, 0x3AB, 32}, {0x400, 0x40F, 80},
    {0x410, 0x42F, 32}, {0x490, 0x4BE, 1},  {0x531, 0x556, 48},
}};
constexpr std::uint32_t kCapitalYWithDiaeresis = 0x178;
constexpr std::uint32_t kSmallYWithDiaeresis = 0xFF;
// Two forms of one letter: the sigma at the end of a word, and the one within a word.
constexpr std::uint32_t kFinalSigma = 0x3C2;
constexpr std::uint32_t kSigma = 0x3C3;

std::uint32_t small_letter(std::uint32_t letter) {
  if (letter == kCapitalYWithDiaeresis) return kSmallYWithDiaeresis;
  if (letter == kFinalSigma) return kSigma;
  const auto* const found = std::ranges::find_if(kCapitals, [letter](const Capitals& each) {
    return letter >= each.first && letter <= each.last &&
           (each.distance != 1 || (letter - each.first) % 2 == 0);
  });
  return found == kCapitals.end() ? letter : letter + found->distance;
}

bool continues(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

}  // namespace

std::string lower_case(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto lead = static_cast<unsigned char>(text[i]);
    if (lead < 0x80U) {
      result += static_cast<char>(small_letter(lead));
    } else if (lead >= 0xC2U && lead <= 0xDFU && i + 1 < text.size() && continues(text[i + 1])) {
      const std::uint32_t letter =
          small_letter(((lead & 0x1FU) << 6U) | (static_cast<unsigned char>(text[i + 1]) & 0x3FU));
      result += static_cast<char>(0xC0U | (letter >> 6U));
      result += static_cast<char>(0x80U | (letter & 0x3FU));
      ++i;
    } else {
      result += text[i];
    }
  }
  return result;
}

}  // namespace cardmute
