// Reduces a page's address to its origin, the only part that may be kept.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace cardmute {

// Origins are only written to the log and the ledger. A longer origin is cut, not rejected, because
// no mute may fail because of a log line.
inline constexpr std::size_t kMaxOrigin_bytes = 300;

// Scheme, host and port of `address`; empty if it does not begin with a scheme and a host. Drops
// the path, the query, the user name and the password.
std::string page_origin(std::string_view address);

}  // namespace cardmute
