// The checks of doctor. Each line says OK, or what is wrong and what to do, or why the check was
// left out.
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "base/error_code.hpp"
#include "cli/context.hpp"
#include "config/load.hpp"
#include "store/hellos.hpp"

namespace cardmute::cli {

// A warning asks for a correction, but nothing fails because of it.
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

// {"check", "result", "text", "code", "remedy"}, the last two only where there is one.
// manifests/doctor.schema.json describes it.
nlohmann::json to_json(const Check& check);

enum class Checks {
  full,
  quick  // without the network, and without notes: for an inventory of many machines
};
std::vector<Check> all_checks(const Context& context, const config::Loaded& loaded, Checks which);

// Which files are used, what is wrong in them, and whether any site is configured.
std::vector<Check> check_configuration(const config::Loaded& loaded);

// What the page does while the call is not known to be muted, in words.
std::string interlock_text(const config::Policy& policy);

// Whether this user's host can write its state, and whether others could change it. Writes nothing.
std::vector<Check> check_state_directory(const Context& context);

// Whether each browser on this computer finds this program and lets CardMute's extension and
// `allowed_callers` call it.
std::vector<Check> check_manifests(const Context& context,
                                   const std::vector<std::string>& allowed_callers);

// Whether a browser has the extension: one has sent hello to a host of this user, or a policy
// installs the extension. Also what the company's browser policies forbid, and on which `sites`
// (policy.sites).
std::vector<Check> check_browsers(const Context& context,
                                  const std::vector<std::string>& allowed_callers,
                                  const std::vector<std::string>& sites);

// Each step of the connection to the telephone provider, by one harmless request (HEAD of the
// server's "/").
std::vector<Check> check_network(const Context& context, const config::Config& config);

// Whether the list of active calls can be read, and for whose calls. A note if the list is not
// configured.
std::vector<Check> check_active_calls(const Context& context, const config::Config& config);

// Whether the provider tells of the extension's calls without being asked, and whether this
// computer's clock is that of the provider. A note if that is not configured.
std::vector<Check> check_events(const Context& context, const config::Config& config);

// A browser that has sent no hello for longer does not count: it is probably unused, or its
// extension was removed.
inline constexpr int kHello_days = 30;
bool is_recent(const store::BrowserHello& hello, UtcTime now);

// The hellos in the store, except those of extensions that may no longer call this program.
std::vector<store::BrowserHello> known_hellos(const Context& context,
                                              const std::vector<std::string>& allowed_callers);

// Whether the store can be read. Never creates it.
Check check_store(const Context& context);

// How long calls were muted on each of the last days, and which share of the time that was. Always
// a note.
Check check_mutes(const Context& context);

// How many forms pages have declared themselves on the last days, and where. Always a note.
Check check_declared_forms(const Context& context);

// Whether a test call has proven that the configured state mutes.
Check check_polarity(const Context& context, const config::Config& config);

// Which rules have drifted, which selectors a browser has rejected, and where forms were found that
// no rule covers. Says OK if no rule needs a correction. Empty without rules.
std::vector<Check> check_rules(const Context& context, const config::Config& config);

// How far back check_corrections() looks, and how many it shows: the newest.
inline constexpr int kCorrections_days = 30;
inline constexpr std::size_t kMaxShownCorrections = 20;

// The corrections of agents in the ledger, each with the rule to paste. Corrections that were taken
// back, or that are rules of the configuration already, are left out.
std::vector<Check> check_corrections(const Context& context, const config::Config& config);

// Says when a schedule for `settle` helps. Always a note.
Check about_settle();

}  // namespace cardmute::cli
