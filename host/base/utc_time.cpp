#include "base/utc_time.hpp"

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

}  // namespace cardmute
