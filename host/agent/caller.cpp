#include "agent/caller.hpp"

#include <algorithm>
#include <chrono>
#include <filesystem>

#include "config/load.hpp"
#include "install/identity.hpp"
#include "platform/within.hpp"

namespace cardmute::agent {

std::optional<BrowserCall> browser_call(std::span<const std::string> arguments,
                                        bool stdin_is_terminal) {
  if (arguments.empty()) {
    return stdin_is_terminal ? std::nullopt : std::optional(BrowserCall{});
  }
  if (arguments.front().starts_with("chrome-extension://")) return BrowserCall{arguments.front()};
  const std::filesystem::path path(arguments.front());
  if (path.is_absolute() && path.extension() == ".json") {
    return BrowserCall{arguments.size() > 1 ? arguments[1] : std::string{}};
  }
  return std::nullopt;
}

std::optional<Error> refusal_of(const std::string& caller) {
  if (install::is_compiled_in_caller(caller)) return std::nullopt;
  const auto callers = platform::within(std::chrono::milliseconds(kCallers_ms),
                                        [] { return config::load_callers(config::places()); });
  if (!callers) {
    return Error{ErrorCode::caller_not_allowed,
                 "The files that say which extensions may use CardMute's host do not answer: look "
                 "at the disk of the machine's configuration."};
  }
  if (std::ranges::find(*callers, caller) != callers->end()) return std::nullopt;
  return Error{ErrorCode::caller_not_allowed,
               (caller.empty() ? std::string("The browser did not say which extension is calling.")
                               : "\"" + caller + "\" may not use CardMute's host.") +
                   " Expected: CardMute's own extension, or one that allowed_callers in the "
                   "machine's configuration names."};
}

}  // namespace cardmute::agent
