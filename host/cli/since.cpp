#include "cli/since.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>

namespace cardmute::cli {

namespace {

// The most digits of a time span. As minutes, six digits are almost 700 days.
constexpr std::size_t kMaxBack_digits = 6;
constexpr std::size_t kMilliseconds_digits = 3;
constexpr std::string_view kDayForm = "0000-00-00";
constexpr std::string_view kTimeForm = "T00:00:00";

// Whether `text` has the form `form`, in which '0' stands for any digit, and every other character
// for itself.
bool has_form(std::string_view text, std::string_view form) {
  return std::ranges::equal(text, form, [](char c, char wanted) {
    return wanted == '0' ? c >= '0' && c <= '9' : c == wanted;
  });
}

// `digits` must be digits only, and so few that an int can hold them.
int number_of(std::string_view digits) {
  int number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

std::optional<UtcTime> back_of(std::string_view text) {
  if (text.empty() || text.size() > kMaxBack_digits + 1) return std::nullopt;
  const std::string_view digits = text.substr(0, text.size() - 1);
  if (digits.empty() || digits.find_first_not_of("0123456789") != std::string_view::npos) {
    return std::nullopt;
  }
  const int number = number_of(digits);
  switch (text.back()) {
    case 'm':
      return std::chrono::minutes(number);
    case 'h':
      return std::chrono::hours(number);
    case 'd':
      return std::chrono::days(number);
    default:
      return std::nullopt;
  }
}

std::optional<UtcTime> day_of(std::string_view text) {
  if (!has_form(text, kDayForm)) return std::nullopt;
  const std::chrono::year_month_day day{
      std::chrono::year(number_of(text.substr(0, 4))),
      std::chrono::month(static_cast<unsigned>(number_of(text.substr(5, 2)))),
      std::chrono::day(static_cast<unsigned>(number_of(text.substr(8, 2))))};
  if (!day.ok()) return std::nullopt;
  return std::chrono::sys_days(day).time_since_epoch();
}

// Reads a time such as "T10:00:00Z" or "T10:00:00.123Z".
std::optional<UtcTime> time_of_day_of(std::string_view text) {
  if (text.empty() || text.back() != 'Z') return std::nullopt;
  text.remove_suffix(1);
  if (!has_form(text.substr(0, kTimeForm.size()), kTimeForm)) return std::nullopt;
  const std::string_view fraction = text.substr(kTimeForm.size());
  if (!fraction.empty() && !has_form(fraction, ".000")) return std::nullopt;
  const std::chrono::hours hour(number_of(text.substr(1, 2)));
  const std::chrono::minutes minute(number_of(text.substr(4, 2)));
  const std::chrono::seconds second(number_of(text.substr(7, 2)));
  if (hour >= std::chrono::days(1) || minute >= std::chrono::hours(1) ||
      second >= std::chrono::minutes(1)) {
    return std::nullopt;
  }
  const int millisecond =
      fraction.empty() ? 0 : number_of(fraction.substr(1, kMilliseconds_digits));
  return hour + minute + second + UtcTime(millisecond);
}

}  // namespace

std::optional<UtcTime> since_of(std::string_view text, UtcTime now) {
  if (const auto back = back_of(text)) return now - *back;
  const auto day = day_of(text.substr(0, kDayForm.size()));
  if (!day || text.size() == kDayForm.size()) return day;
  const auto time = time_of_day_of(text.substr(kDayForm.size()));
  if (!time) return std::nullopt;
  return *day + *time;
}

}  // namespace cardmute::cli
