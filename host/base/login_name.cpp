#include "base/login_name.hpp"

#include "base/letter_case.hpp"

namespace cardmute {

namespace {

struct Login {
  std::string domain;  // the domain in lower case; empty if there is none
  std::string name;    // the name in lower case
};

Login parts_of(std::string_view text) {
  const std::string all = lower_case(text);
  if (const auto slash = all.find('\\'); slash != std::string::npos) {
    return {all.substr(0, slash), all.substr(slash + 1)};
  }
  const auto at = all.rfind('@');
  if (at == std::string::npos) return {"", all};
  return {all.substr(at + 1), all.substr(0, at)};
}

struct Outline {
  // each letter that is not ASCII or has accents is replaced, with its accents, by kLetter
  std::string text;
  bool has_accents = false;
};

Outline outline_of(std::string_view text) {
  constexpr char kLetter = '\x01';
  Outline outline;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const auto next = static_cast<unsigned char>(i + 1 < text.size() ? text[i + 1] : '\0');
    if (byte < 0x80U) {
      outline.text += text[i];
    } else if (byte == 0xCCU || (byte == 0xCDU && next <= 0xAFU)) {
      outline.has_accents = true;
      if (!outline.text.empty()) outline.text.back() = kLetter;
    } else if (byte >= 0xC0U) {
      outline.text += kLetter;
    }
  }
  return outline;
}

std::string first_label(const std::string& domain) { return domain.substr(0, domain.find('.')); }

}  // namespace

LoginMatch match_logins(std::string_view one, std::string_view other) {
  const Login left = parts_of(one);
  const Login right = parts_of(other);
  if (left.name != right.name) return LoginMatch::none;
  if (left.domain == right.domain) return LoginMatch::exact;
  if (left.domain.empty() || right.domain.empty()) return LoginMatch::name;
  const bool one_is_label =
      left.domain == first_label(right.domain) || right.domain == first_label(left.domain);
  return one_is_label ? LoginMatch::domain_label : LoginMatch::none;
}

bool may_look_the_same(std::string_view one, std::string_view other) {
  if (match_logins(one, other) != LoginMatch::none) return false;
  const Outline left = outline_of(one);
  const Outline right = outline_of(other);
  return (left.has_accents || right.has_accents) &&
         match_logins(left.text, right.text) != LoginMatch::none;
}

}  // namespace cardmute
