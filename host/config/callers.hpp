// Checks the names by which browsers identify a calling extension. If one entry of a host manifest
// is malformed, a browser ignores the whole manifest, so only well-formed names may get into it.
#pragma once

#include <string>
#include <string_view>

namespace cardmute::config {

// How the name of a calling extension begins in Chromium-like browsers; the ID follows.
inline constexpr std::string_view kChromiumOriginStart = "chrome-extension://";

// Returns the ID in a caller such as "chrome-extension://ID/". Call it only if
// is_chromium_caller().
std::string chromium_id_of(std::string_view caller);

// Whether `caller` is "chrome-extension://", 32 letters from a to p, and a slash.
bool is_chromium_caller(std::string_view caller);

// Whether `caller` is a GUID in braces, or NAME@DOMAIN.
bool is_firefox_caller(std::string_view caller);

}  // namespace cardmute::config
