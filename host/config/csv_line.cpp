#include "config/csv_line.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>

namespace cardmute::config {

namespace {

constexpr std::string_view kFieldBlanks = " \t";

std::size_t after_blanks(std::string_view line, std::size_t at) {
  const auto next = line.find_first_not_of(kFieldBlanks, at);
  return next == std::string_view::npos ? line.size() : next;
}

// Reads a quoted field. `at` is the place after the opening quote, and is moved to the place after
// the closing quote. Returns nullopt if there is no closing quote.
std::optional<std::string> quoted_field(std::string_view line, std::size_t& at) {
  std::string field;
  while (at < line.size()) {
    if (line[at] != '"') {
      field += line[at++];
    } else if (line.substr(at).starts_with("\"\"")) {
      field += '"';
      at += 2;
    } else {
      ++at;
      return field;
    }
  }
  return std::nullopt;
}

std::string trimmed(std::string_view text) {
  const auto end = text.find_last_not_of(kFieldBlanks);
  return end == std::string_view::npos ? "" : std::string(text.substr(0, end + 1));
}

}  // namespace

std::variant<std::vector<std::string>, std::string> fields_of_csv_line(std::string_view line) {
  std::vector<std::string> fields;
  std::size_t at = 0;
  for (;;) {
    at = after_blanks(line, at);
    if (at < line.size() && line[at] == '"') {
      auto field = quoted_field(line, ++at);
      if (!field) return "a quote that is not closed on its line";
      fields.push_back(std::move(*field));
      at = after_blanks(line, at);
      if (at < line.size() && line[at] != ',') return "text after a closing quote";
    } else {
      const auto comma = std::min(line.find(',', at), line.size());
      fields.push_back(trimmed(line.substr(at, comma - at)));
      if (fields.back().find('"') != std::string::npos) return "a quote inside a field";
      at = comma;
    }
    if (at >= line.size()) return fields;
    ++at;  // skips the comma
  }
}

}  // namespace cardmute::config
