// One line of the administrator's log, built so that nothing in a value can forge a line, a field
// or a terminal's display. Pure; run/ and the ledger in cli/ use it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace cardmute::run {

// A longer value is cut.
inline constexpr std::size_t kMaxLogValue_bytes = 400;
// A run of digits this long (blanks and hyphens inside allowed) could be a card's or a telephone's
// number: it is not written where a page or a server chose the words.
inline constexpr std::size_t kMinPrivateNumber_digits = 7;

class LogLine {
 public:
  explicit LogLine(std::string_view event) : text_(event) {}

  // key=value, in quotation marks where the value is more than one plain word.
  LogLine& add(std::string_view key, std::string_view value);
  LogLine& add(std::string_view key, std::int64_t value);
  // The same for words that somebody else chose: without long numbers.
  LogLine& add_foreign(std::string_view key, std::string_view value);

  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::string text_;
};

// `text` with each long number replaced by "#".
std::string without_long_numbers(std::string_view text);

}  // namespace cardmute::run
