#include "base/login_name.hpp"

#include "base/letter_case.hpp"

namespace cardmute {

namespace {

struct Login {
  std::string domain;  // in lower case; empty: none
  std::string name;    // in lower case
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

}  // namespace cardmute
