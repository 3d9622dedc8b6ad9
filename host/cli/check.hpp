// What doctor looks at: each check is one line that says OK, or what is wrong and what to do, or
// why it was left out. For cli/ and its tests.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/error_code.hpp"
#include "cli/context.hpp"
#include "config/load.hpp"

namespace cardmute::cli {

// A warning is something to be done that keeps nothing from working.
enum class Verdict { ok, problem, warning, note };

struct Check {
  std::string name;  // such as "DNS"
  Verdict verdict = Verdict::ok;
  std::string text;               // what was seen
  std::string remedy;             // what to do; for a problem or a warning
  std::optional<ErrorCode> code;  // for a problem
};

Check passed(std::string name, std::string text);
Check noted(std::string name, std::string text);
Check warned(std::string name, std::string text, std::string remedy);
Check failed(std::string name, ErrorCode code, std::string text, std::string remedy);

// The files, their problems and warnings, and whether any site is named.
std::vector<Check> check_configuration(const config::Loaded& loaded);

// What the page does while the mute is not held, in words.
std::string interlock_text(const config::Policy& policy);

// Whether this user's host could write what it has to remember, and whether others could change it.
// Writes nothing.
std::vector<Check> check_state_directory(const Context& context);

// Whether each browser that is here finds this program and lets the extensions call it:
// CardMute's own and `allowed_callers`.
std::vector<Check> check_manifests(const Context& context,
                                   const std::vector<std::string>& allowed_callers);

// Whether a browser has the extension: one of this user has said hello, or a policy installs it.
// And what the company's browser policies forbid.
std::vector<Check> check_browsers(const Context& context,
                                  const std::vector<std::string>& allowed_callers);

// The way to the telephone provider, step by step, by one harmless request (HEAD of the server's
// "/").
std::vector<Check> check_network(const Context& context, const config::Config& config);

// Whose calls the extension's are, and whether Active Calls answers for it; a note where it is not
// configured.
std::vector<Check> check_active_calls(const Context& context, const config::Config& config);

// Whether the store can be read. Makes none.
Check check_store(const Context& context);

// How long calls were muted in the last days, and which share of each day that was.
Check check_mutes(const Context& context);

// Whether a test call has proven that the configured state mutes.
Check check_polarity(const Context& context, const config::Config& config);

// Which rules have drifted, are refused by a browser, or do not cover where forms were seen; one
// line that all is well where it is.
std::vector<Check> check_rules(const Context& context, const config::Config& config);

// When a schedule for `settle` would help.
Check about_settle();

}  // namespace cardmute::cli
