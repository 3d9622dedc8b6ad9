#include "base/utc_time.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace cardmute {

std::string format_utc(UtcTime time) {
  using std::chrono::seconds;
  const auto whole = std::chrono::floor<seconds>(time);
  const std::chrono::sys_seconds at{whole};
  const auto day = std::chrono::floor<std::chrono::days>(at);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss clock{at - day};
  std::array<char, 40> text{};
  const int length = std::snprintf(
      text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ",
      static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
      static_cast<unsigned>(date.day()), static_cast<int>(clock.hours().count()),
      static_cast<int>(clock.minutes().count()), static_cast<int>(clock.seconds().count()),
      static_cast<int>((time - whole).count()));
  return {text.data(), static_cast<std::size_t>(length)};
}

std::optional<std::chrono::sys_days> parse_date(std::string_view text) {
  constexpr std::string_view kForm = "0000-00-00";
  const auto fits = [](char c, char form) {
    return form == '0' ? c >= '0' && c <= '9' : c == form;
  };
  if (!std::ranges::equal(text, kForm, fits)) return std::nullopt;
  const auto number = [text](std::size_t from, std::size_t digits) {
    unsigned value = 0;
    for (const char digit : text.substr(from, digits)) {
      value = value * 10 + static_cast<unsigned>(digit - '0');
    }
    return value;
  };
  const std::chrono::year_month_day date{std::chrono::year{static_cast<int>(number(0, 4))},
                                         std::chrono::month{number(5, 2)},
                                         std::chrono::day{number(8, 2)}};
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days{date};
}

}  // namespace cardmute
