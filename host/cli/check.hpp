// The checks of `doctor`. `report` makes the quick ones.
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "base/error_code.hpp"
#include "cli/context.hpp"
#include "config/load.hpp"
#include "install/last_starts.hpp"
#include "store/hellos.hpp"

namespace cardmute::cli {

// Only a problem makes doctor fail. A warning asks for a correction too. A note says why something
// was not checked, or states a fact.
enum class Verdict { ok, problem, warning, note };

struct Check {
  std::string name;  // such as "DNS"
  Verdict verdict = Verdict::ok;
  std::string text;               // what was found
  std::string remedy;             // what to do; only for a problem or a warning
  std::optional<ErrorCode> code;  // only for a problem
};

Check passed(std::string name, std::string text);
Check noted(std::string name, std::string text);
Check warned(std::string name, std::string text, std::string remedy);
Check failed(std::string name, ErrorCode code, std::string text, std::string remedy);

// The keys are "check", "result", "text", "code" and "remedy"; the last two are present only if
// they have a value. manifests/doctor.schema.json describes the output.
nlohmann::json to_json(const Check& check);

enum class Checks {
  full,
  quick  // without requests to the provider, and without checks whose result is always a note
};
std::vector<Check> all_checks(const Context& context, const config::Loaded& loaded, Checks which);

// Says which files are used, what is wrong in them, which extension and which interlock they set,
// and whether they name a site.
std::vector<Check> check_configuration(const config::Loaded& loaded);

// The interlock as configured. For `block`, adds after how many ms the agent may choose to go on.
std::string interlock_text(const config::Policy& policy);

// Checks whether this user's host can write its state, and whether other users could change it or
// other machines use it. Writes nothing.
std::vector<Check> check_state_directory(const Context& context);

// Checks whether each browser on this computer finds this program, and lets CardMute's extension
// and `allowed_callers` call it.
std::vector<Check> check_manifests(const Context& context,
                                   const std::vector<std::string>& allowed_callers);

// Checks whether a browser has the extension. A browser is known to have the extension if it has
// sent hello to a host of this user, or if a policy installs the extension. Also checks what the
// company's browser policies forbid, and whether they keep the extension off any of `sites`
// (policy.sites).
std::vector<Check> check_browsers(const Context& context,
                                  const std::vector<std::string>& allowed_callers,
                                  const std::vector<std::string>& sites);

// A browser that was started has this long to say hello before its silence counts.
inline constexpr int kHelloAfterStart_minutes = 10;

// Returns the browsers that this user has started in the last kHello_days, and whose extension has
// not said hello to a host since. A start within the last kHelloAfterStart_minutes does not count.
// A browser whose hellos cannot be told from those of other browsers (is_named_in_hello()) is
// returned if its profiles lack the extension. nullopt: on this system it is not known when a
// browser was started.
std::optional<std::vector<install::LastStart>> silent_browsers(
    const Context& context, const std::vector<store::BrowserHello>& hellos,
    const std::vector<std::string>& allowed_callers);

// True if this user has used a browser in the last kHello_days, or if that is not known.
bool uses_a_browser(const Context& context, const std::vector<store::BrowserHello>& hellos);

// The browser's name in the table of browsers (install/browsers.hpp). If it is not in the table:
// the name in the hello, shortened.
std::string browser_of(const store::BrowserHello& hello);
// Whether hellos of this browser can be told from those of other browsers. Brave, Vivaldi and Opera
// send chromium or chrome.
bool is_named_in_hello(const std::string& browser);

// Checks each step of the connection to the telephone provider, by one harmless request (HEAD of
// the server's "/").
std::vector<Check> check_network(const Context& context, const config::Config& config);

// Checks whether the list of active calls can be read, and says which agent's calls it contains.
// The result is a note if no list is configured.
std::vector<Check> check_active_calls(const Context& context, const config::Config& config);

// Checks whether the provider's events about the extension's calls come, and whether this
// computer's clock agrees with the provider's. The result is a note if no events are configured.
std::vector<Check> check_events(const Context& context, const config::Config& config);

// A browser that has sent no hello for this long counts as one without the extension: probably it
// is unused, or its extension was removed.
inline constexpr int kHello_days = 30;
bool is_recent(const store::BrowserHello& hello, UtcTime now);

// The hellos in the store, except those of extensions that may no longer call this program.
std::vector<store::BrowserHello> known_hellos(const Context& context,
                                              const std::vector<std::string>& allowed_callers);

// Checks whether the store can be read. Never creates it.
Check check_store(const Context& context);

// Says for each of the last days how long calls were muted, also as a share of the time with a call
// (or with a browser, if calls are not known). The result is always a note.
Check check_mutes(const Context& context);

// Says how many payment forms were declared by the page itself in the last days
// (declared_forms.hpp), and on which origins. The result is always a note.
Check check_declared_forms(const Context& context);

// Checks whether a test call has proven that the configured mute request mutes.
Check check_polarity(const Context& context, const config::Config& config);

// Says which rules no longer match where they used to match, which rules have a selector that a
// browser rejects, and where forms were found that no rule covers. Adds an OK if no rule needs a
// correction. Empty if there are no rules.
std::vector<Check> check_rules(const Context& context, const config::Config& config);

// How many days check_corrections() covers, and how many corrections it shows at most (the newest).
inline constexpr int kCorrections_days = 30;
inline constexpr std::size_t kMaxShownCorrections = 20;

// The agents' corrections in the ledger. Each comes with the rule to paste, if
// policy.agent_may_correct lets it take effect. Left out are corrections that were taken back or
// dropped, and those that the configuration's rules already contain.
std::vector<Check> check_corrections(const Context& context, const config::Config& config);

// Says when a schedule for `settle` helps. The result is always a note.
Check about_settle();

}  // namespace cardmute::cli
