#include "config/report.hpp"

#include <algorithm>

namespace cardmute::config {

namespace {

constexpr std::size_t kMaxQuoted_bytes = 60;
constexpr char kDelete_character = '\x7F';

// The key; quoted and shortened if it could break the line or fill the screen.
std::string shown(const std::string& key) {
  const bool plain =
      key.size() <= kMaxQuoted_bytes &&
      std::all_of(key.begin(), key.end(), [](char c) { return c > ' ' && c <= '~'; });
  return plain ? key : in_quotes(key);
}

}  // namespace

std::string Problem::text() const {
  return file.string() + ": " + (key.empty() ? "" : key + ": ") + message;
}

Report::Report(std::filesystem::path file, Loaded& loaded, Wrong wrong)
    : file_(std::move(file)), loaded_(loaded), wrong_(wrong) {}

void Report::wrong(const std::string& key, const std::string& found, const std::string& expected) {
  const bool ignored = wrong_ == Wrong::is_ignored;
  if (++wrong_count_ > kMaxProblems) return;
  const std::string about =
      (ignored ? "ignored: " : "") + (subject_.empty() ? "" : subject_ + ": ");
  const std::string more = is_full() ? " There may be more problems." : "";
  (ignored ? loaded_.warnings : loaded_.errors)
      .push_back({file_, shown(key), about + found + ". Expected: " + expected + "." + more});
}

void Report::warn(const std::string& key, const std::string& message) {
  loaded_.warnings.push_back({file_, shown(key), message});
}

void Report::warn_in_force(const std::string& key, const std::string& message, const char* remedy) {
  loaded_.warnings.push_back({file_, shown(key), message, true, remedy});
}

std::string in_quotes(const std::string& text) {
  std::string start = text.substr(0, kMaxQuoted_bytes);
  if (text.size() > kMaxQuoted_bytes) {
    start += "…";
  }
  // dump() replaces a character that was cut in two, and escapes all control characters except
  // Delete.
  std::string quoted =
      nlohmann::json(start).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  for (auto at = quoted.find(kDelete_character); at != std::string::npos;
       at = quoted.find(kDelete_character, at)) {
    quoted.replace(at, 1, "\\u007f");
  }
  return quoted;
}

std::string kind_of(const nlohmann::json& value) {
  switch (value.type()) {
    case nlohmann::json::value_t::null:
      return "null";
    case nlohmann::json::value_t::object:
      return "a group {…}";
    case nlohmann::json::value_t::array:
      return "a list […]";
    case nlohmann::json::value_t::string:
      return "a string";
    case nlohmann::json::value_t::boolean:
      return "true or false";
    default:
      return "a number";
  }
}

std::string describe(const nlohmann::json& value) {
  if (value.is_string()) {
    return in_quotes(value.get_ref<const std::string&>());
  }
  if (value.is_number() || value.is_boolean()) {
    return value.dump();
  }
  return kind_of(value);
}

}  // namespace cardmute::config
