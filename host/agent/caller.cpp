#include "agent/caller.hpp"

#include <algorithm>
#include <filesystem>

#include "install/identity.hpp"

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

bool is_allowed(const std::string& caller, const std::vector<std::string>& allowed_callers) {
  return install::is_compiled_in_caller(caller) ||
         std::find(allowed_callers.begin(), allowed_callers.end(), caller) != allowed_callers.end();
}

Error error_of_caller(const std::string& caller) {
  return {ErrorCode::caller_not_allowed,
          (caller.empty() ? std::string("The browser did not say which extension is calling.")
                          : "\"" + caller + "\" may not use CardMute's host.") +
              " Expected: CardMute's own extension, or one that allowed_callers in the machine's "
              "configuration names."};
}

}  // namespace cardmute::agent
