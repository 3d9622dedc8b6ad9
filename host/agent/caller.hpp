// Tells whether a browser or a person started this program, and whether the calling extension may
// use it. main.cpp checks the first before it reads or writes anything.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "base/error.hpp"

namespace cardmute::agent {

// A start by a browser, with the extension as the browser names it. `caller` is empty if the
// browser named none (Firefox through the desktop portal).
struct BrowserCall {
  std::string caller;
};

// Returns nullopt if a person runs a command. `arguments` does not include the program's own name.
// Browsers give these arguments:
//   Chrome, Edge:  chrome-extension://<id>/ [--parent-window=<handle>]
//   Firefox:       <path of the native manifest> <add-on ID>
//   the portal:    no argument, and no terminal on standard input
std::optional<BrowserCall> browser_call(std::span<const std::string> arguments,
                                        bool stdin_is_terminal);

// Why `caller` may not use this host; nullopt if it may. Allowed are CardMute's own extensions, and
// those that the machine's files add. Only the machine's files are read. If reading them takes
// longer than kCallers_ms, an extension that is not CardMute's own is refused.
std::optional<Error> refusal_of(const std::string& caller);
inline constexpr int kCallers_ms = 5000;

}  // namespace cardmute::agent
