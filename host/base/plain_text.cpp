#include "base/plain_text.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace cardmute {

namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD

struct Range {
  std::uint32_t first;
  std::uint32_t last;
};

// Characters that could end a line, move a terminal's cursor or reverse text (Unicode 15,
// categories Cc, Zl, Zp and the bidirectional controls of Cf), the invisible byte order mark, and
// the surrogates, which are invalid in UTF-8.
constexpr std::array kUnfit{Range{0x0000, 0x001F}, Range{0x007F, 0x009F}, Range{0x061C, 0x061C},
                            Range{0x200E, 0x200F}, Range{0x2028, 0x202E}, Range{0x2066, 0x2069},
                            Range{0xD800, 0xDFFF}, Range{0xFEFF, 0xFEFF}};

struct Character {
  std::size_t length = 1;  // how many bytes the character has
  bool fit = false;
  bool valid = false;
};

// The first character of `text`, which must not be empty.
Character first_character(std::string_view text) {
  struct Form {
    unsigned mask, mark;    // the bits of the first byte that give the length, and their value
    std::uint32_t minimum;  // smaller code points must use a shorter form
  };
  static constexpr std::array kForms{Form{0x80, 0x00, 0}, Form{0xE0, 0xC0, 0x80},
                                     Form{0xF0, 0xE0, 0x800}, Form{0xF8, 0xF0, 0x10000}};
  constexpr std::uint32_t kLastCodePoint = 0x10FFFF;
  constexpr unsigned kContinuationBits = 6;

  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  for (std::size_t form = 0; form < kForms.size(); ++form) {
    const auto [mask, mark, minimum] = kForms[form];
    if ((byte(0) & mask) != mark) continue;
    const std::size_t length = form + 1;
    if (text.size() < length) return {};
    std::uint32_t code = byte(0) & ~mask;
    for (std::size_t i = 1; i < length; ++i) {
      if ((byte(i) & 0xC0U) != 0x80U) return {};
      code = (code << kContinuationBits) | (byte(i) & 0x3FU);
    }
    if (code < minimum || code > kLastCodePoint) return {};
    const bool unfit = std::ranges::any_of(
        kUnfit, [code](Range range) { return code >= range.first && code <= range.last; });
    const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
    return {length, !unfit, !surrogate};
  }
  return {};
}

bool is_printable_ascii(char character) { return character >= ' ' && character <= '~'; }

}  // namespace

std::string plain_text(std::string_view text, std::size_t max_bytes) {
  // Usually the whole text is printable ASCII.
  const auto plain =
      static_cast<std::size_t>(std::ranges::find_if_not(text, is_printable_ascii) - text.begin());
  const std::size_t kept = std::min(plain, max_bytes);
  std::string result(text.substr(0, kept));
  text.remove_prefix(kept);
  while (!text.empty()) {
    const Character character = first_character(text);
    const std::string_view shown = character.fit ? text.substr(0, character.length) : kReplacement;
    if (result.size() + shown.size() > max_bytes) break;
    result += shown;
    text.remove_prefix(character.length);
  }
  return result;
}

std::string without(std::string_view secret, std::string text) {
  constexpr std::string_view kInstead = "…";
  if (secret.empty()) return text;
  for (auto at = text.find(secret); at != std::string::npos; at = text.find(secret, at)) {
    text.replace(at, secret.size(), kInstead);
    at += kInstead.size();
  }
  return text;
}

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const Character character = first_character(text);
    if (!character.valid) return false;
    text.remove_prefix(character.length);
  }
  return true;
}

}  // namespace cardmute
