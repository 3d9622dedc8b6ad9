// How browsers name the extension that calls. A wrong entry in a host manifest voids all of it, so
// only well-formed names get that far. Anyone may include this.
#pragma once

#include <string_view>

namespace cardmute::config {

// "chrome-extension://" and 32 letters a to p and a slash.
bool is_chromium_caller(std::string_view caller);

// A GUID in braces, or NAME@DOMAIN.
bool is_firefox_caller(std::string_view caller);

}  // namespace cardmute::config
