// Builds one line of the administrator's log. A value cannot forge a line or a field, nor control
// the terminal.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace cardmute::log {

// Longer values are cut.
inline constexpr std::size_t kMaxLogValue_bytes = 400;
// A run of digits this long (with blanks and hyphens in between) could be a card or telephone
// number. It is replaced in text that a page or a server chose.
inline constexpr std::size_t kMinPrivateNumber_digits = 7;

class LogLine {
 public:
  explicit LogLine(std::string_view event) : text_(event) {}

  // Adds key=value. The value is quoted unless it is one plain word.
  LogLine& add(std::string_view key, std::string_view value);
  LogLine& add(std::string_view key, std::int64_t value);
  // Adds text that a page or a server chose: long numbers in it are replaced, see
  // without_long_numbers().
  LogLine& add_foreign(std::string_view key, std::string_view value);

  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::string text_;
};

// `text` with each long number replaced by "#".
std::string without_long_numbers(std::string_view text);

}  // namespace cardmute::log
