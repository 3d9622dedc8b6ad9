// Reads the value of a Setting. If it is wrong, reports what was expected and returns nullopt.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "config/keys.hpp"

namespace cardmute::config {

// Returns "group.name", or only the name if the group is empty.
std::string join(const std::string& group, const std::string& name);

// `text` is UTF-8.
std::size_t length_in_characters(const std::string& text);

// Why a text is not one line of visible characters with blanks only between them: "a blank at the
// start or end", "an invisible character, U+200E, as character 8". nullopt if it is such a line.
std::optional<std::string> flaw_of_line(const std::string& text);

// A string of 1 to `maximum` characters on one line. `expected` describes it in the message, which
// adds the limit.
std::optional<std::string> text_of(const Setting& setting, const std::string& expected,
                                   std::size_t maximum = kMaxText_characters);

// Whole numbers from `minimum` to `maximum`.
std::optional<int> milliseconds_of(const Setting& setting, int minimum, int maximum);
std::optional<int> minutes_of(const Setting& setting, int minimum, int maximum);

std::optional<bool> flag_of(const Setting& setting);

// One string of a list. `key` is its name in messages: "policy.sites[2]".
struct Item {
  std::string key;
  std::string text;
};

// The strings of a list of at most `maximum` values. Other values are reported and left out.
std::vector<Item> items(const Setting& setting, const std::string& expected, std::size_t maximum);

// A match pattern that Chromium and Firefox both accept, such as "https://crm.example.com/*".
std::optional<std::string> pattern_of(const Setting& setting);

// The URL of a provider's API: https, or http on this machine, without user name, query and
// fragment. Messages do not repeat the URL, which may contain a secret.
std::optional<std::string> service_url_of(const Setting& setting);

// The URL of a proxy: http, https or a socks scheme; a user name is allowed.
std::optional<std::string> proxy_url_of(const Setting& setting);

// An absolute path. Whether a file exists there is not checked.
std::optional<std::string> full_path_of(const Setting& setting);

// The absolute path of a file that can be read.
std::optional<std::string> readable_file_of(const Setting& setting);

// Like readable_file_of(), for the file of a secret. A text that names no file may be the secret
// itself, so no message repeats it.
std::optional<std::string> readable_secret_file_of(const Setting& setting);

// The value that `choices` has for the word in the setting.
template <typename Value, std::size_t Count>
std::optional<Value> choice_of(
    const Setting& setting, const std::array<std::pair<std::string_view, Value>, Count>& choices) {
  std::string expected;
  for (const auto& [word, value] : choices) {
    if (setting.value.is_string() && setting.value.template get_ref<const std::string&>() == word) {
      return value;
    }
    expected += (expected.empty() ? "\"" : " or \"") + std::string(word) + "\"";
  }
  setting.report.wrong(setting.key, "found " + describe(setting.value), expected);
  return std::nullopt;
}

}  // namespace cardmute::config
