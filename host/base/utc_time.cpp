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

namespace {

// Whether `text` has a digit wherever `form` has "0", and elsewhere the same character as `form`.
bool has_form(std::string_view text, std::string_view form) {
  return std::ranges::equal(text, form, [](char c, char of_form) {
    return of_form == '0' ? c >= '0' && c <= '9' : c == of_form;
  });
}

unsigned number_in(std::string_view text, std::size_t from, std::size_t digits) {
  unsigned value = 0;
  for (const char digit : text.substr(from, digits)) {
    value = value * 10 + static_cast<unsigned>(digit - '0');
  }
  return value;
}

}  // namespace

std::optional<UtcTime> parse_utc(std::string_view text) {
  constexpr std::string_view kTimeForm = "0000-00-00T00:00:00.000Z";
  constexpr std::size_t kDate_characters = 10;
  if (!has_form(text, kTimeForm)) return std::nullopt;
  const auto day = parse_date(text.substr(0, kDate_characters));
  const std::chrono::hours hours{number_in(text, 11, 2)};
  const std::chrono::minutes minutes{number_in(text, 14, 2)};
  const std::chrono::seconds seconds{number_in(text, 17, 2)};
  const bool is_time = hours < std::chrono::days{1} && minutes < std::chrono::hours{1} &&
                       seconds < std::chrono::minutes{1};
  if (!day || !is_time) return std::nullopt;
  return day->time_since_epoch() + hours + minutes + seconds + UtcTime{number_in(text, 20, 3)};
}

std::optional<std::chrono::sys_days> parse_date(std::string_view text) {
  if (!has_form(text, "0000-00-00")) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{static_cast<int>(number_in(text, 0, 4))},
                                         std::chrono::month{number_in(text, 5, 2)},
                                         std::chrono::day{number_in(text, 8, 2)}};
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days{date};
}

}  // namespace cardmute
