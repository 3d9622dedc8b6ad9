#include "config/values.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "config/hidden_characters.hpp"
#include "config/url_flaws.hpp"

namespace cardmute::config {

namespace fs = std::filesystem;

std::string join(const std::string& group, const std::string& name) {
  return group.empty() ? name : group + "." + name;
}

std::size_t length_in_characters(const std::string& text) {
  constexpr unsigned char kContinuationMask = 0xC0;
  constexpr unsigned char kContinuation = 0x80;
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & kContinuationMask) != kContinuation;
  }));
}

std::optional<std::string> flaw_of_line(const std::string& text) {
  if (auto hidden = hidden_character(text)) {
    return hidden;
  }
  if (text.starts_with(' ') || text.ends_with(' ')) {
    return "a blank at the start or end";
  }
  return std::nullopt;
}

std::optional<std::string> text_of(const Setting& setting, const std::string& expected,
                                   std::size_t maximum) {
  const std::string full = expected + ", a string of 1 to " + std::to_string(maximum) +
                           " characters without blanks at its ends";
  if (!setting.value.is_string()) {
    setting.report.wrong(setting.key, "found " + kind_of(setting.value), full);
    return std::nullopt;
  }
  const auto& text = setting.value.get_ref<const std::string&>();
  if (text.empty()) {
    setting.report.wrong(setting.key, "found an empty string", full);
    return std::nullopt;
  }
  if (const auto length = length_in_characters(text); length > maximum) {
    setting.report.wrong(setting.key, "found " + std::to_string(length) + " characters", full);
    return std::nullopt;
  }
  if (const auto flaw = flaw_of_line(text)) {
    setting.report.wrong(setting.key, "found " + *flaw, full);
    return std::nullopt;
  }
  return text;
}

namespace {

std::optional<int> whole_number_of(const Setting& setting, const char* unit, int minimum,
                                   int maximum) {
  // The value is compared as a JSON number, so that a number too large for an int is also out of
  // range.
  if (setting.value.is_number_integer() && setting.value >= minimum && setting.value <= maximum) {
    return setting.value.get<int>();
  }
  setting.report.wrong(setting.key, "found " + describe(setting.value),
                       "a whole number of " + std::string(unit) + " from " +
                           std::to_string(minimum) + " to " + std::to_string(maximum));
  return std::nullopt;
}

}  // namespace

std::optional<int> milliseconds_of(const Setting& setting, int minimum, int maximum) {
  return whole_number_of(setting, "milliseconds", minimum, maximum);
}

std::optional<int> minutes_of(const Setting& setting, int minimum, int maximum) {
  return whole_number_of(setting, "minutes", minimum, maximum);
}

std::optional<bool> flag_of(const Setting& setting) {
  if (setting.value.is_boolean()) {
    return setting.value.get<bool>();
  }
  setting.report.wrong(setting.key, "found " + describe(setting.value),
                       "true or false (without quotes)");
  return std::nullopt;
}

std::vector<Item> items(const Setting& setting, const std::string& expected, std::size_t maximum) {
  std::vector<Item> found;
  if (!setting.value.is_array()) {
    setting.report.wrong(setting.key, "found " + describe(setting.value), expected);
    return found;
  }
  if (setting.value.size() > maximum) {
    setting.report.wrong(setting.key, "found " + std::to_string(setting.value.size()) + " entries",
                         "at most " + std::to_string(maximum));
    return found;
  }
  for (std::size_t i = 0; i < setting.value.size(); ++i) {
    const std::string key = setting.key + "[" + std::to_string(i) + "]";
    if (setting.value[i].is_string()) {
      found.push_back({key, setting.value[i].get<std::string>()});
    } else {
      setting.report.wrong(key, "found " + describe(setting.value[i]), expected);
    }
  }
  return found;
}

std::optional<std::string> pattern_of(const Setting& setting) {
  constexpr const char* kExpected = "a site pattern such as \"https://crm.example.com/*\"";
  if (!setting.value.is_string()) {
    setting.report.wrong(setting.key, "found " + describe(setting.value), kExpected);
    return std::nullopt;
  }
  const auto& text = setting.value.get_ref<const std::string&>();
  const auto flaw = length_in_characters(text) > kMaxText_characters
                        ? "it is longer than " + std::to_string(kMaxText_characters) + " characters"
                        : flaw_of_match_pattern(text);
  if (flaw) {
    setting.report.wrong(setting.key, "found " + in_quotes(text) + "; " + *flaw, kExpected);
    return std::nullopt;
  }
  return text;
}

namespace {

constexpr const char* kExpectedPath = "the full path of a file that you may read";

// What a message may repeat of a text that names no file.
enum class Repeat { the_text, nothing };

std::string quoted(const std::string& text, Repeat repeat) {
  return repeat == Repeat::the_text ? " " + in_quotes(text) : "";
}

std::optional<std::string> full_path_of(const Setting& setting, Repeat repeat) {
  auto text = text_of(setting, kExpectedPath);
  if (!text || fs::path(*text).is_absolute()) return text;
  const bool of_shell = text->starts_with('~');
  setting.report.wrong(setting.key,
                       "found " + std::string(repeat == Repeat::the_text ? "the" : "a") +
                           " relative path" + quoted(*text, repeat) +
                           (of_shell ? " (only a shell replaces ~ by the home folder)" : ""),
                       kExpectedPath);
  return std::nullopt;
}

std::optional<std::string> readable_file_of(const Setting& setting, Repeat repeat) {
  auto text = full_path_of(setting, repeat);
  if (!text) {
    return std::nullopt;
  }
  std::error_code error;
  if (!fs::is_regular_file(*text, error)) {
    setting.report.wrong(setting.key,
                         repeat == Repeat::the_text ? "there is no file " + in_quotes(*text)
                                                    : "there is no such file",
                         kExpectedPath);
  } else if (!std::ifstream(*text).is_open()) {
    setting.report.wrong(setting.key, "cannot read " + in_quotes(*text), kExpectedPath);
  } else {
    return text;
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> full_path_of(const Setting& setting) {
  return full_path_of(setting, Repeat::the_text);
}

std::optional<std::string> readable_file_of(const Setting& setting) {
  return readable_file_of(setting, Repeat::the_text);
}

std::optional<std::string> readable_secret_file_of(const Setting& setting) {
  return readable_file_of(setting, Repeat::nothing);
}

namespace {

std::optional<std::string> url_of(const Setting& setting, const char* expected,
                                  std::optional<std::string> (*flaw_of)(std::string_view)) {
  auto text = text_of(setting, expected);
  if (!text) {
    return std::nullopt;
  }
  if (const auto flaw = flaw_of(*text)) {
    setting.report.wrong(setting.key, "found " + *flaw, expected);
    return std::nullopt;
  }
  return text;
}

}  // namespace

std::optional<std::string> service_url_of(const Setting& setting) {
  return url_of(setting,
                "an https address (http only on this machine itself) without user name, ? and #",
                flaw_of_service_url);
}

std::optional<std::string> proxy_url_of(const Setting& setting) {
  return url_of(
      setting,
      "http://, https:// or socks5:// and the proxy's host and port, or null for the environment's",
      flaw_of_proxy_url);
}

}  // namespace cardmute::config
