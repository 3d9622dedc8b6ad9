// Reduces a page's address to its origin, the only part that may be kept.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace cardmute {

// Origins are only recorded, in the log and the store. So a longer origin is cut, not rejected: a
// mute must not fail for the sake of a record.
inline constexpr std::size_t kMaxOrigin_bytes = 300;

// Scheme, host and port of `address`, made safe by plain_text(); empty if the address does not
// begin with a scheme and a host. Drops the path, the query, the user name and the password.
std::string page_origin(std::string_view address);

}  // namespace cardmute
