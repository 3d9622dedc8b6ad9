#include "voicenter/code.hpp"

#include <fstream>

#include "config/values.hpp"

namespace cardmute::voicenter {

namespace {

// At most this much of the file is read; no valid code is longer.
constexpr std::size_t kMaxRead_bytes = 4 * config::kMaxText_characters;

// Returns the content without blanks and line ends at its start and end.
platform::Secret read_code(const std::filesystem::path& file) {
  std::ifstream stream;
  stream.rdbuf()->pubsetbuf(nullptr, 0);  // unbuffered, so that no copy of the code stays in memory
  stream.open(file, std::ios::binary);
  platform::Secret text{std::string(kMaxRead_bytes, '\0')};
  stream.read(text.value().data(), static_cast<std::streamsize>(kMaxRead_bytes));
  text.value().resize(static_cast<std::size_t>(stream.gcount()));
  constexpr const char* kBlanks = " \t\r\n";
  const auto first = text.value().find_first_not_of(kBlanks);
  if (first == std::string::npos) {
    return {};
  }
  const auto last = text.value().find_last_not_of(kBlanks);
  return platform::Secret{text.value().substr(first, last - first + 1)};
}

std::optional<std::string> flaw_of(const std::string& code) {
  if (code.empty()) {
    return "the file holds no code";
  }
  if (auto flaw = config::flaw_of_line(code)) {
    return "found " + *flaw;
  }
  if (config::length_in_characters(code) > config::kMaxText_characters) {
    return "found more than " + std::to_string(config::kMaxText_characters) + " characters";
  }
  return std::nullopt;
}

}  // namespace

platform::Secret code_of(const ActiveCallsSettings& active_calls) {
  if (active_calls.code_file.empty()) {
    return platform::Secret{active_calls.code};
  }
  auto code = read_code(active_calls.code_file);
  return flaw_of(code.value()) ? platform::Secret() : std::move(code);
}

std::optional<std::string> flaw_of_code_file(const std::filesystem::path& file) {
  return flaw_of(read_code(file).value());
}

}  // namespace cardmute::voicenter
