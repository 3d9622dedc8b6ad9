// The organisation's code for Active Calls; see load.hpp.
#include <fstream>

#include "config/load.hpp"
#include "config/values.hpp"

namespace cardmute::config {

std::optional<std::string> code_of(const ActiveCalls& active_calls) {
  if (active_calls.code_file.empty()) {
    return active_calls.code;
  }
  // A file longer than any code could be is not read to its end.
  constexpr std::size_t kMaxRead_bytes = 4 * kMaxText_characters;
  std::ifstream stream(active_calls.code_file, std::ios::binary);
  std::string text(kMaxRead_bytes, '\0');
  stream.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(stream.gcount()));
  constexpr const char* kBlanks = " \t\r\n";
  const auto first = text.find_first_not_of(kBlanks);
  if (first == std::string::npos) {
    return std::nullopt;
  }
  text = text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
  if (!is_one_line(text) || length_in_characters(text) > kMaxText_characters) {
    return std::nullopt;
  }
  return text;
}

}  // namespace cardmute::config
