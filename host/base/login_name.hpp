// Compares log-in names in the forms that extension tables and operating systems use: "user",
// "DOMAIN\user" and "user@domain".
#pragma once

#include <string_view>

namespace cardmute {

// How closely two log-in names agree. Letter case does not count, as on Windows.
enum class LoginMatch {
  none,
  name,  // the same name, and one of the two has no domain
  // the same name, and one domain is the first label of the other: CORP and corp.example.com
  domain_label,
  exact
};

LoginMatch match_logins(std::string_view one, std::string_view other);

// Whether two log-ins that do not match may still look the same. One may write an accented letter
// as two characters (the letter, then an accent from U+0300 to U+036F), and the other as one. There
// is no table of letters here, so any two letters that have an accent or are not ASCII count as
// equal.
bool may_look_the_same(std::string_view one, std::string_view other);

}  // namespace cardmute
