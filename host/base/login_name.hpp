// Compares log-in names in the forms of tables and systems: "user", "DOMAIN\user" and
// "user@domain".
#pragma once

#include <string_view>

namespace cardmute {

// How closely two log-in names agree. Letter case does not count, as on Windows.
enum class LoginMatch {
  none,
  name,          // one of the two has no domain
  domain_label,  // one domain is the first label of the other: CORP and corp.example.com
  exact
};

LoginMatch match_logins(std::string_view one, std::string_view other);

// Whether two log-ins that do not agree may look the same: one of them writes a letter and its
// accent as two characters (U+0300 to U+036F), the other as one. There is no table of letters here,
// so any accented letter may be any other.
bool may_look_the_same(std::string_view one, std::string_view other);

}  // namespace cardmute
