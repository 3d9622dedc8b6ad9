// The configuration as the rest of the host sees it: checked, complete with defaults. Files are
// read by config/load.hpp.
#pragma once

#include <cstddef>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "config/rules.hpp"
#include "telephony/account.hpp"

namespace cardmute::config {

// Ranges, each with its unit; a value outside is an error that names the range.
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

struct Policy {
  std::vector<std::string> sites;  // WebExtension match patterns
  std::vector<Rule> rules;
  Interlock interlock = Interlock::warn;
  int interlock_timeout_ms = 1500;  // "block": until the agent may choose to go on
  bool premute = true;              // the mute is asked for before the form is there
  OnBrowserGone on_browser_gone = OnBrowserGone::resume;
  int grace_ms = 3000;
  bool allow_record_override = false;
  int idle_minutes = 10;
  OnIdle on_idle = OnIdle::alert;
  int manual_mute_minutes = 30;
  int form_mute_minutes = 10;  // 0: never told
};

struct Config {
  // At the provider whose section the configuration has.
  std::shared_ptr<const telephony::Account> account;
  Policy policy;
  std::vector<std::string> allowed_callers;  // from the machine's configuration only
  // Files that the configuration names (a CA, a code): their content counts, too.
  std::vector<std::string> named_files;
};

// As the configuration file names it.
const char* name_of(Interlock value);

// The policy as the browser is told it: the names and values of the configuration file, with rules
// in full.
nlohmann::json to_json(const Policy& policy);

}  // namespace cardmute::config
