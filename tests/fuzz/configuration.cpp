// Fuzzes the configuration: a file with any content gives either a configuration within its ranges,
// or problems that name the file and say what was expected.
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "config/load.hpp"
#include "must.hpp"
#include "voicenter/account.hpp"

namespace {

using namespace cardmute;
using fuzz::must;

const std::filesystem::path kMachine = "/etc/cardmute/config.json";
const std::filesystem::path kUser = "/home/agent/config.json";
// A valid machine file that lets the user's file set everything.
constexpr const char* kSound = R"({
  "voicenter": {"extension": "machine"},
  "policy": {"sites": ["https://crm.example.com/*"]},
  "user_may_set": ["voicenter", "policy"]})";

using Texts = std::map<std::filesystem::path, std::string>;

bool is_between(int value, int least, int most) { return value >= least && value <= most; }

bool may_be_asked(const std::string& url) {
  return url.starts_with("https://") || url.starts_with("http://localhost") ||
         url.starts_with("http://127.") || url.starts_with("http://[::1]");
}

void check(const std::vector<config::Condition>& conditions) {
  must(conditions.size() <= config::kMaxConditions, "no more conditions than are allowed");
  for (const auto& condition : conditions) {
    must(!condition.selector.empty() || !condition.url.empty(), "a condition says something");
    must(condition.text.empty() || !condition.selector.empty(), "a text has a selector");
  }
}

void check(const config::Rule& rule) {
  must(!rule.name.empty() && fuzz::is_plain(rule.name), "a name on one line");
  must(!rule.match.empty() && rule.match.size() <= config::kMaxRuleMatches, "pages it is for");
  for (const auto* list : {&rule.open, &rule.close, &rule.approved, &rule.declined}) check(*list);
  must(rule.ignore.size() <= config::kMaxIgnored_selectors, "no more selectors than are allowed");
  must(config::digest_of(rule).size() == 16, "a digest");
}

void check(const config::Config& config) {
  const auto& account = dynamic_cast<const voicenter::Account&>(*config.account);
  const auto& settings = account.settings;
  must(!settings.extension.empty(), "an extension");
  must(may_be_asked(account.mute_api.url), "https, or http on this machine");
  must(account.mute_api.url.find_first_of("?#@ \n") == std::string::npos, "nothing but an address");
  must(account.mute_api.mute_state == "0" || account.mute_api.mute_state == "1", "a state");
  must(is_between(settings.timeout_ms, config::kMinTimeout_ms, config::kMaxTimeout_ms), "timeout");
  must(is_between(settings.reassert_ms, config::kMinReassert_ms, config::kMaxReassert_ms),
       "re-assertion");
  must(is_between(config.policy.grace_ms, 0, config::kMaxGrace_ms), "grace");
  must(config.policy.sites.size() <= config::kMaxSites, "no more sites than are allowed");
  must(is_between(config.policy.interlock_timeout_ms, config::kMinInterlockTimeout_ms,
                  config::kMaxInterlockTimeout_ms),
       "interlock");
  must(config.policy.rules.size() <= config::kMaxRules, "no more rules than are allowed");
  std::size_t bytes = 0;
  for (const auto& rule : config.policy.rules) {
    check(rule);
    bytes += config::bytes_of(rule);
  }
  must(bytes <= config::kMaxRules_bytes, "no more text of rules than is allowed");
  must(config.allowed_callers.empty(), "only the machine's file may name callers");
  static_cast<void>(config::to_json(config.policy).dump());
}

void check(const config::Problem& problem) {
  const std::string text = problem.text();
  must(text.starts_with(kUser.string() + ": "), "a problem names the file");
  must(fuzz::is_plain(text), "a problem is one plain line");
}

config::Loaded load(const Texts& texts) {
  config::Sources sources;
  sources.machine = kMachine;
  sources.user = kUser;
  sources.texts = &texts;
  return config::load(sources);
}

void check_alone(const std::string& text) {
  const auto loaded = load({{kUser, text}});
  must(loaded.config.has_value() == loaded.errors.empty(), "a configuration or errors");
  must(loaded.errors.size() <= config::kMaxProblems + 1, "no more problems than are allowed");
  if (loaded.config) check(*loaded.config);
  for (const auto& problem : loaded.errors) {
    check(problem);
    must(problem.message.find("Expected: ") != std::string::npos, "what was expected");
  }
  for (const auto& problem : loaded.warnings) check(problem);
}

void check_over_machine(const std::string& text) {
  const auto loaded = load({{kMachine, kSound}, {kUser, text}});
  must(loaded.errors.empty() && loaded.config, "a valid machine's file stays in force");
  check(*loaded.config);
  for (const auto& problem : loaded.warnings) check(problem);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  check_alone(text);
  check_over_machine(text);
  return 0;
}
