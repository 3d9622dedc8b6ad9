#include "base/page_origin.hpp"

#include <algorithm>

#include "base/plain_text.hpp"

namespace cardmute {

std::string page_origin(std::string_view address) {
  const auto scheme_end = address.find("://");
  if (scheme_end == std::string_view::npos || scheme_end == 0) return {};
  const auto host_begin = scheme_end + 3;
  const auto host_end = std::min(address.find_first_of("/?#\\", host_begin), address.size());
  auto authority = address.substr(host_begin, host_end - host_begin);
  // A user name and password before '@' are not part of an origin, and they are private.
  if (const auto at = authority.rfind('@'); at != std::string_view::npos) {
    authority.remove_prefix(at + 1);
  }
  if (authority.empty()) return {};
  return plain_text(std::string(address.substr(0, host_begin)) + std::string(authority),
                    kMaxOrigin_bytes);
}

}  // namespace cardmute
