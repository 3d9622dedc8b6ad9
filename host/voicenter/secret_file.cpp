#include "voicenter/secret_file.hpp"

#include <fstream>

#include "config/values.hpp"

namespace cardmute::voicenter {

namespace {

// At most this much of the file is read, since no valid secret is longer.
constexpr std::size_t kMaxRead_bytes = 4 * config::kMaxText_characters;

// Returns the content without blanks and line ends at its start and end.
platform::Secret read_secret(const std::filesystem::path& file) {
  std::ifstream stream;
  stream.rdbuf()->pubsetbuf(nullptr, 0);  // unbuffered: no copy of the secret stays in memory
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

std::optional<std::string> flaw_of(const std::string& secret, const std::string& word) {
  if (secret.empty()) {
    return "the file holds no " + word;
  }
  if (auto flaw = config::flaw_of_line(secret)) {
    return "found " + *flaw;
  }
  if (config::length_in_characters(secret) > config::kMaxText_characters) {
    return "found more than " + std::to_string(config::kMaxText_characters) + " characters";
  }
  return std::nullopt;
}

}  // namespace

platform::Secret secret_of(const std::string& value, const std::string& file) {
  if (file.empty()) {
    return platform::Secret{value};
  }
  auto secret = read_secret(file);
  return flaw_of(secret.value(), "") ? platform::Secret() : std::move(secret);
}

std::optional<std::string> flaw_of_secret_file(const std::filesystem::path& file,
                                               const std::string& word) {
  return flaw_of(read_secret(file).value(), word);
}

}  // namespace cardmute::voicenter
