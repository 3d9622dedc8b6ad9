// The configuration after it was checked, with defaults for missing keys. config/load.hpp reads it
// from files.
#pragma once

#include <cstddef>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "base/log_place.hpp"
#include "config/proof.hpp"
#include "config/rules.hpp"
#include "telephony/account.hpp"

namespace cardmute::config {

// Limits of the values. A value outside of its limits is an error, and its message names the
// limits.
inline constexpr int kMinTimeout_ms = 100;
inline constexpr int kMaxTimeout_ms = 30'000;
inline constexpr int kMinReassert_ms = 100;
inline constexpr int kMaxReassert_ms = 60'000;
inline constexpr int kMaxGrace_ms = 60'000;
inline constexpr int kMinInterlockTimeout_ms = 100;
inline constexpr int kMaxInterlockTimeout_ms = 30'000;
inline constexpr int kMinIdle_minutes = 1;
inline constexpr int kMaxIdle_minutes = 480;
inline constexpr int kNeverTold_minutes = 0;
inline constexpr std::size_t kMaxFile_bytes = std::size_t{256} * 1024;
inline constexpr std::size_t kMaxSites = 200;
inline constexpr std::size_t kMaxCallers = 50;
inline constexpr std::size_t kMaxText_characters = 256;
inline constexpr std::size_t kMaxExtension_characters = 64;

enum class Interlock { off, warn, block };
enum class OnBrowserGone { resume, stay_muted };
enum class OnIdle { alert, resume };
// What an agent may say about a form in the popup: nothing; only that it is a payment form; or also
// that it is not a payment form.
enum class AgentMayCorrect { nothing, mute, both };

struct Policy {
  std::vector<std::string> sites;  // WebExtension match patterns
  std::vector<Rule> rules;
  Interlock interlock = Interlock::warn;
  // with Interlock::block: after this time the agent may continue anyway
  int interlock_timeout_ms = 1500;
  bool premute = true;  // request the mute before the form appears
  OnBrowserGone on_browser_gone = OnBrowserGone::resume;
  int grace_ms = 3000;
  bool allow_record_override = false;
  int idle_minutes = 10;
  OnIdle on_idle = OnIdle::alert;
  int manual_mute_minutes = 30;
  int form_mute_minutes = 10;  // kNeverTold_minutes: the agent is never told
  AgentMayCorrect agent_may_correct = AgentMayCorrect::mute;
  bool alert_sound = false;  // play a short tone when the call turns out to be NOT MUTED
};

// Where the agent's extension was configured.
enum class ExtensionSource {
  machine,  // `extension` of the machine's file, or of the one that CARDMUTE_CONFIG names
  user,     // `extension` of the person's own file, or what the person answered in the popup
  table,    // `extensions` of a configuration file
  file,     // a CSV file that `extensions` names
  env       // a variable of the environment that `extension` names
};

struct ExtensionOrigin {
  ExtensionSource source = ExtensionSource::machine;
  // For people: the file, with the line or the log-in ("/etc/cardmute/agents.csv, line 3"), or the
  // variable, with the file that names it.
  std::string where;
};

struct Config {
  // The account at the provider whose section the configuration has.
  std::shared_ptr<const telephony::Account> account;
  ExtensionOrigin extension_from;
  std::optional<CarriedProof> proof;
  Policy policy;
  LogPlace log = LogPlace::file;
  std::vector<std::string> allowed_callers;  // only the machine's configuration can set this key
  // The files that the configuration names, such as the CA file. Their content counts as part of
  // the configuration.
  std::vector<std::string> named_files;
};

// The names of Interlock and AgentMayCorrect are those in the configuration file; the names of
// ExtensionSource are those in the status.
const char* name_of(Interlock value);
const char* name_of(AgentMayCorrect value);
const char* name_of(ExtensionSource value);

// The policy in the form in which the host sends it to the extension: with the keys and values of
// the configuration file, and with every key in each rule.
nlohmann::json to_json(const Policy& policy);

// A digest of the policy and the account. It does not depend on the agent's telephone extension, so
// it is the same for everyone who shares a configuration. It contains no secret.
std::string digest_of(const Config& config);

}  // namespace cardmute::config
