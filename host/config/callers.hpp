// Checks how browsers name a calling extension. A browser ignores a whole host manifest if one of
// its entries is malformed, so only well-formed names may get into it.
#pragma once

#include <string_view>

namespace cardmute::config {

// "chrome-extension://", 32 letters from a to p, and a slash.
bool is_chromium_caller(std::string_view caller);

// A GUID in braces, or NAME@DOMAIN.
bool is_firefox_caller(std::string_view caller);

}  // namespace cardmute::config
