#include "log/log_line.hpp"

#include <algorithm>

#include "base/plain_text.hpp"

namespace cardmute::log {

namespace {

constexpr std::string_view kDigits = "0123456789";
constexpr std::string_view kNumberCharacters = "0123456789 -";
constexpr std::string_view kPlain =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:/@+-";

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

LogLine& LogLine::add(std::string_view key, std::string_view value) {
  const std::string fit = plain_text(value, kMaxLogValue_bytes);
  text_ += ' ';
  text_ += key;
  text_ += '=';
  if (!fit.empty() && fit.find_first_not_of(kPlain) == std::string::npos) {
    text_ += fit;
    return *this;
  }
  text_ += '"';
  for (const char c : fit) {
    if (c == '"' || c == '\\') text_ += '\\';
    text_ += c;
  }
  text_ += '"';
  return *this;
}

LogLine& LogLine::add(std::string_view key, std::int64_t value) {
  return add(key, std::string_view(std::to_string(value)));
}

LogLine& LogLine::add_foreign(std::string_view key, std::string_view value) {
  return add(key, std::string_view(without_long_numbers(value)));
}

std::string without_long_numbers(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    const std::size_t next = std::min(text.find_first_of(kDigits), text.size());
    result += text.substr(0, next);
    text.remove_prefix(next);
    const std::string_view run = text.substr(0, text.find_first_not_of(kNumberCharacters));
    const std::string_view number = run.substr(0, run.find_last_of(kDigits) + 1);
    const auto digits = static_cast<std::size_t>(std::ranges::count_if(number, is_digit));
    result += digits >= kMinPrivateNumber_digits ? std::string_view("#") : number;
    text.remove_prefix(number.size());
  }
  return result;
}

}  // namespace cardmute::log
