#include "config/callers.hpp"

#include <algorithm>

namespace cardmute::config {

namespace {

constexpr std::size_t kIdLetters = 32;
constexpr std::string_view kGuidShape = "{xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx}";
constexpr std::string_view kHexDigits = "0123456789abcdefABCDEF";
constexpr std::size_t kMaxFirefoxId_characters = 80;
constexpr std::string_view kNameCharacters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._";

bool is_guid(std::string_view text) {
  return text.size() == kGuidShape.size() &&
         std::equal(text.begin(), text.end(), kGuidShape.begin(), [](char c, char shape) {
           return shape == 'x' ? kHexDigits.find(c) != std::string_view::npos : c == shape;
         });
}

}  // namespace

std::string chromium_id_of(std::string_view caller) {
  constexpr std::size_t kStart = kChromiumOriginStart.size();
  return std::string(caller.substr(kStart, caller.size() - kStart - 1));
}

bool is_chromium_caller(std::string_view caller) {
  if (!caller.starts_with(kChromiumOriginStart) || !caller.ends_with('/') ||
      caller.size() != kChromiumOriginStart.size() + kIdLetters + 1) {
    return false;
  }
  const std::string_view id = caller.substr(kChromiumOriginStart.size(), kIdLetters);
  return std::all_of(id.begin(), id.end(), [](char c) { return c >= 'a' && c <= 'p'; });
}

bool is_firefox_caller(std::string_view caller) {
  if (caller.size() > kMaxFirefoxId_characters) {
    return false;
  }
  const auto at = caller.find('@');
  if (at == std::string_view::npos) {
    return is_guid(caller);
  }
  const std::string_view name = caller.substr(0, at);
  const std::string_view domain = caller.substr(at + 1);
  return !domain.empty() && name.find_first_not_of(kNameCharacters) == std::string_view::npos &&
         domain.find_first_not_of(kNameCharacters) == std::string_view::npos;
}

}  // namespace cardmute::config
