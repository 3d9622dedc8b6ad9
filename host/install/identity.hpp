// CardMute's names in browsers: the host's name, and the extensions that are allowed to call it.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

namespace cardmute::install {

inline constexpr std::string_view kHostName = "com.cardmute.host";
inline constexpr std::string_view kHostDescription =
    "CardMute: pauses call recordings while a card form is open";

// The extension's origins in Chromium-like browsers, each with the slash at its end. A store that
// gives the extension another ID needs an entry of its own. The ID of the unpacked extension is
// fixed by the `key` in its manifest.
inline constexpr std::array<std::string_view, 1> kChromiumOrigins{
    "chrome-extension://gdbpaifghphnalcleahapkpgepppfeai/"};

// The extension's add-on IDs in Firefox.
inline constexpr std::array<std::string_view, 1> kFirefoxIds{
    "{7d1f5c0e-6c1b-4f0a-9c53-2a1d0e8b4a77}"};

// Whether `caller`, the origin or add-on ID from the browser's command line, is CardMute's own
// extension. Any other caller must be in `allowed_callers`, of the machine's configuration or of
// the package.
constexpr bool is_compiled_in_caller(std::string_view caller) {
  return std::find(kChromiumOrigins.begin(), kChromiumOrigins.end(), caller) !=
             kChromiumOrigins.end() ||
         std::find(kFirefoxIds.begin(), kFirefoxIds.end(), caller) != kFirefoxIds.end();
}

}  // namespace cardmute::install
