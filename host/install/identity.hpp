// How browsers know CardMute: the host's name and the extensions that may call it.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

namespace cardmute::install {

inline constexpr std::string_view kHostName = "com.cardmute.host";
inline constexpr std::string_view kHostDescription =
    "CardMute: pauses call recordings while a card form is open";

// The extension's origins in Chromium-like browsers, with the slash at the end. Each store that
// gives the extension another ID needs an entry. The `key` in the manifest pins the ID of the
// unpacked extension.
inline constexpr std::array<std::string_view, 1> kChromiumOrigins{
    "chrome-extension://gdbpaifghphnalcleahapkpgepppfeai/"};

// The add-on's IDs in Firefox.
inline constexpr std::array<std::string_view, 1> kFirefoxIds{
    "{7d1f5c0e-6c1b-4f0a-9c53-2a1d0e8b4a77}"};

// Whether `caller`, the origin or add-on ID from the browser's command line, is CardMute's own
// extension. Other callers must be in `allowed_callers` of the machine's configuration.
constexpr bool is_compiled_in_caller(std::string_view caller) {
  return std::find(kChromiumOrigins.begin(), kChromiumOrigins.end(), caller) !=
             kChromiumOrigins.end() ||
         std::find(kFirefoxIds.begin(), kFirefoxIds.end(), caller) != kFirefoxIds.end();
}

}  // namespace cardmute::install
