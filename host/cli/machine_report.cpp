#include "cli/machine_report.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "base/plain_text.hpp"
#include "cli/check.hpp"
#include "cli/configuration.hpp"
#include "cli/ledger_summary.hpp"
#include "cli/mute_outcomes.hpp"
#include "cli/output.hpp"
#include "cli/polarity_proof.hpp"
#include "platform/machine.hpp"
#include "platform/person.hpp"
#include "store/hellos.hpp"
#include "store/ledger.hpp"
#include "version.hpp"

namespace cardmute::cli {

using nlohmann::json;

namespace {

constexpr std::size_t kMaxReportText_bytes = 100;

std::string shown(const std::string& text) { return plain_text(text, kMaxReportText_bytes); }

json configuration_report(const config::Loaded& loaded) {
  json files = json::array();
  for (const auto& file : loaded.files_read) files.push_back(file.string());
  return {{"valid", loaded.config.has_value()},
          {"files", std::move(files)},
          {"hash", loaded.config ? json(config::digest_of(*loaded.config)) : json()}};
}

json browsers_report(const std::vector<store::BrowserHello>& hellos) {
  json browsers = json::array();
  for (const auto& hello : hellos) {
    browsers.push_back({{"browser", shown(hello.browser)},
                        {"extension_version", shown(hello.extension_version)},
                        {"profile", shown(hello.installation)},
                        {"hidden_sites", hello.hidden_sites},
                        {"last_hello", format_utc(hello.at)}});
  }
  return browsers;
}

// Summarizes the ledger of the last kReport_days. Adds each entry to `mutes`.
json activity_report(const Context& context, MuteOutcomes& mutes) {
  LedgerSummary summary;
  const auto problem = store::read_ledger(store::store_file(context.state_directory),
                                          context.now().utc - std::chrono::days(kReport_days),
                                          [&](const store::Entry& entry) {
                                            summary.add(entry);
                                            mutes.add(entry);
                                          });
  const auto last_mute = mutes.last_mute();
  json activity{{"days", kReport_days}, {"store", problem ? "unreadable" : "ok"}};
  activity["last_mute"] = last_mute ? json(format_utc(*last_mute)) : json();
  activity["exposures"] = problem ? json() : summary.as_json()["exposures"];
  activity["longest_exposure_ms"] = problem ? json() : summary.as_json()["longest_exposure_ms"];
  return activity;
}

// Why this person's calls might not get muted; empty if there is no reason.
json reasons(const std::vector<Check>& checks, const std::vector<store::BrowserHello>& hellos,
             UtcTime now) {
  json why = json::array();
  for (const Check& check : checks) {
    if (check.code) {
      why.push_back(error_json(*check.code, check.name + ": " + check.text));
    }
  }
  const bool is_seen = std::ranges::any_of(
      hellos, [now](const store::BrowserHello& hello) { return is_recent(hello, now); });
  const bool is_said = std::ranges::any_of(
      checks, [](const Check& check) { return check.code == ErrorCode::not_installed; });
  if (!is_seen && !is_said) {
    why.push_back(error_json(ErrorCode::not_installed,
                             "extension: no browser of this person has called in the last " +
                                 std::to_string(kHello_days) + " days"));
  }
  return why;
}

}  // namespace

json person_report(const Context& context) {
  const config::Loaded loaded = load_configuration(context);
  const auto checks = all_checks(context, loaded, Checks::quick);
  const auto hellos = known_hellos(context, loaded.allowed_callers);
  json complaints = json::array();
  for (const Check& check : checks) {
    if (check.verdict == Verdict::problem || check.verdict == Verdict::warning) {
      complaints.push_back(to_json(check));
    }
  }
  json why = reasons(checks, hellos, context.now().utc);
  MuteOutcomes mutes;
  json activity = activity_report(context, mutes);
  const auto mutes_fail = mutes.reason();
  if (mutes_fail) why.push_back(*mutes_fail);
  // If the store cannot be read, it is not known whether a browser has called.
  const bool is_store_unknown = std::ranges::any_of(
      checks, [](const Check& check) { return check.code == ErrorCode::store_failed; });
  const bool in_use =
      why.empty() || is_store_unknown || mutes_fail || uses_a_browser(context, hellos);
  json person{{"person", platform::login_name().value_or("")},
              {"covered", why.empty()},
              {"why", std::move(why)},
              {"in_use", in_use},
              {"configuration", configuration_report(loaded)},
              {"browsers", browsers_report(hellos)},
              {"activity", std::move(activity)},
              {"complaints", std::move(complaints)}};
  person["extension"] = loaded.config ? extension_json(*loaded.config) : json();
  person["sites"] = loaded.policy   ? json(loaded.policy->sites)
                    : loaded.config ? json(loaded.config->policy.sites)
                                    : json();
  person["proof"] = loaded.config
                        ? polarity_json(polarity_proof(context, *loaded.config), *loaded.config)
                        : json();
  return person;
}

json machine_report(const Context& context, json persons) {
  return {{"report", kReport},
          {"at", format_utc(context.now().utc)},
          {"machine", {{"name", platform::machine_name()}, {"id", platform::machine_identity()}}},
          {"host_version", kVersion},
          {"persons", std::move(persons)}};
}

}  // namespace cardmute::cli
