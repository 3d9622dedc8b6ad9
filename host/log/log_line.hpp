// Builds one line of the administrator's log. No value can forge a line or a field, or control the
// terminal.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace cardmute::log {

// Longer values are cut to this length.
inline constexpr std::size_t kMaxLogValue_bytes = 400;
// A run of at least this many digits (with blanks and hyphens between them) could be a card or
// telephone number. Such runs are replaced in texts that a page or a server has chosen.
inline constexpr std::size_t kMinPrivateNumber_digits = 7;

class LogLine {
 public:
  explicit LogLine(std::string_view event) : text_(event) {}

  // Adds key=value. The value is quoted unless it is one plain word.
  LogLine& add(std::string_view key, std::string_view value);
  LogLine& add(std::string_view key, std::int64_t value);
  // Adds a text that a page or a server has chosen. Long numbers in it are replaced, see
  // without_long_numbers().
  LogLine& add_foreign(std::string_view key, std::string_view value);

  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::string text_;
};

// Returns `text` with "#" in place of each long number.
std::string without_long_numbers(std::string_view text);

}  // namespace cardmute::log
