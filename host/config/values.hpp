// Takes values of each simple kind out of a Setting, or reports what was expected instead. For
// config/ and the providers' sections.
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

// "group.name", or the name alone at the top.
std::string join(const std::string& group, const std::string& name);

// How many characters a UTF-8 text has.
std::size_t length_in_characters(const std::string& text);

// What keeps a text from being one line of visible characters and blanks between them: "a blank at
// an end", "an invisible character, U+200E, as character 8". Nothing where nothing does.
std::optional<std::string> flaw_of_line(const std::string& text);

// A text of 1 to `maximum` characters on one line. `expected` describes it; its size is added.
std::optional<std::string> text_of(const Setting& setting, const std::string& expected,
                                   std::size_t maximum = kMaxText_characters);

// A whole number of milliseconds from `minimum` to `maximum`.
std::optional<int> milliseconds_of(const Setting& setting, int minimum, int maximum);

// The same of minutes.
std::optional<int> minutes_of(const Setting& setting, int minimum, int maximum);

std::optional<bool> flag_of(const Setting& setting);

// One text of a list, and the name that messages give it: "policy.sites[2]".
struct Item {
  std::string key;
  std::string text;
};

// The texts of a list of at most `maximum`; what is no text is reported and left out.
std::vector<Item> items(const Setting& setting, const std::string& expected, std::size_t maximum);

// A match pattern such as "https://crm.example.com/*" that both browsers take.
std::optional<std::string> pattern_of(const Setting& setting);

// The URL of a provider's API: https, or http on this machine, without user name, query and
// fragment. What is wrong is reported without the URL itself, which may hold a secret.
std::optional<std::string> service_url_of(const Setting& setting);

// The same for a proxy: http, https or a socks scheme; a user name is allowed.
std::optional<std::string> proxy_url_of(const Setting& setting);

// An absolute path of a file that can be read, from `setting.value`, which is a text.
std::optional<std::string> readable_file_of(const Setting& setting);

// One of the words of `choices`, as the value that stands beside it.
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
