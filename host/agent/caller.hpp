// Who started this program: a browser for an extension, or a person. main.cpp asks, before anything
// is read or written.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace cardmute::run {

// A browser's call, with the extension as the browser names it; empty when it named none (Firefox
// through the desktop portal).
struct BrowserCall {
  std::string caller;
};

// Nothing: a person's command. `arguments` without the program's own name.
//   Chrome, Edge:  chrome-extension://<id>/ [--parent-window=<handle>]
//   Firefox:       <path of the native manifest> <add-on ID>
//   the portal:    no argument, and no terminal on standard input
std::optional<BrowserCall> browser_call(std::span<const std::string> arguments,
                                        bool stdin_is_terminal);

// Whether `caller` may talk to this host: CardMute's own extensions and those that the machine's
// configuration adds.
bool is_allowed(const std::string& caller, const std::vector<std::string>& allowed_callers);

}  // namespace cardmute::run
