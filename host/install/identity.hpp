// Who CardMute is to a browser: the host's name and the extensions that may call it. The only place
// where these stand; main.cpp, install/ and cli/ include it.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

namespace cardmute::install {

inline constexpr std::string_view kHostName = "com.cardmute.host";
inline constexpr std::string_view kHostDescription =
    "CardMute: pauses call recordings while a card form is open";

// How a Chromium-like browser names its extension, with the slash at the end. Each store that gives
// the extension another ID gets its own entry. The ID of the unpacked extension is pinned by the
// `key` in its manifest.
inline constexpr std::array<std::string_view, 1> kChromiumOrigins{
    "chrome-extension://gdbpaifghphnalcleahapkpgepppfeai/"};

// How Firefox names its add-on.
inline constexpr std::array<std::string_view, 1> kFirefoxIds{
    "{7d1f5c0e-6c1b-4f0a-9c53-2a1d0e8b4a77}"};

// Whether `caller`, as the browser names it on the command line (an origin or an add-on ID), is
// CardMute's own extension. Other callers need the machine configuration's `allowed_callers`.
constexpr bool is_compiled_in_caller(std::string_view caller) {
  return std::find(kChromiumOrigins.begin(), kChromiumOrigins.end(), caller) !=
             kChromiumOrigins.end() ||
         std::find(kFirefoxIds.begin(), kFirefoxIds.end(), caller) != kFirefoxIds.end();
}

}  // namespace cardmute::install
