// The configuration as the rest of the host sees it: checked, complete with defaults.
// Anyone in host/ may include this; reading files is config/load.hpp's work.
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "config/rules.hpp"

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
inline constexpr std::size_t kMaxFile_bytes = std::size_t{256} * 1024;
inline constexpr std::size_t kMaxSites = 200;
inline constexpr std::size_t kMaxCallers = 50;
inline constexpr std::size_t kMaxText_characters = 256;
inline constexpr std::size_t kMaxExtension_characters = 64;

struct ActiveCalls {
  std::string url;
  // The organisation's secret: either here or in a file. Never logged, never sent to a browser.
  std::string code;
  std::string code_file;
};

struct Voicenter {
  std::string mute_url = "https://monapisec.voicenter.co.il/Comet/API/MuteUnmuteCalls";
  bool post = true;
  std::string extension;
  bool by_call = false;  // target: "call" instead of "extension"
  std::string mute_state = "1";
  std::optional<ActiveCalls> active_calls;
  int timeout_ms = 2000;
  int reassert_ms = 2000;
  std::string ca_file;  // empty: the system's
  std::string proxy;    // empty: the environment's
};

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
};

struct Config {
  Voicenter voicenter;
  Policy policy;
  std::vector<std::string> allowed_callers;  // from the machine's configuration only
};

// As the configuration file names it.
const char* name_of(Interlock value);

// The policy as the browser is told it: the names and values of the configuration file, with rules
// in full.
nlohmann::json to_json(const Policy& policy);

}  // namespace cardmute::config
