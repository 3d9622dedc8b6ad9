#include "voicenter/secret_body.hpp"

namespace cardmute::voicenter {

namespace {

// An escaped control character: \u001f.
constexpr std::size_t kLongestEscape_characters = 6;
// Quotes, colon and comma.
constexpr std::size_t kAroundMember_characters = 6;

void append_escaped(std::string& body, std::string_view text) {
  constexpr std::string_view kHexDigits = "0123456789abcdef";
  for (const char c : text) {
    if (c >= 0 && c < ' ') {
      body += c < 16 ? "\\u000" : "\\u001";
      body += kHexDigits[static_cast<std::size_t>(c) % kHexDigits.size()];
      continue;
    }
    if (c == '"' || c == '\\') body += '\\';
    body += c;
  }
}

}  // namespace

std::string secret_body(
    std::initializer_list<std::pair<std::string_view, std::string_view>> members) {
  std::size_t most_characters = 2;
  for (const auto& [name, text] : members) {
    most_characters +=
        name.size() + text.size() * kLongestEscape_characters + kAroundMember_characters;
  }
  std::string body;
  // Never reallocated: the old memory would keep the secret.
  body.reserve(most_characters);
  for (const auto& [name, text] : members) {
    body += body.empty() ? "{\"" : ",\"";
    body += name;
    body += "\":\"";
    append_escaped(body, text);
    body += '"';
  }
  body += '}';
  return body;
}

}  // namespace cardmute::voicenter
