#include <array>
#include <utility>

#include "config/keys.hpp"
#include "config/values.hpp"

namespace cardmute::config {

namespace {

Policy& policy_of(const Setting& setting) { return setting.draft.config.policy; }

void take_sites(const Setting& setting) {
  constexpr const char* kExpected = "a list of site patterns such as \"https://crm.example.com/*\"";
  std::vector<std::string> sites;
  for (const Item& item : items(setting, kExpected, kMaxSites)) {
    if (auto site = pattern_of({item.text, item.key, setting.draft, setting.report})) {
      sites.push_back(std::move(*site));
    }
  }
  policy_of(setting).sites = sites;
}

void take_interlock(const Setting& setting) {
  static constexpr std::array<std::pair<std::string_view, Interlock>, 3> kChoices{
      {{"off", Interlock::off}, {"warn", Interlock::warn}, {"block", Interlock::block}}};
  if (const auto chosen = choice_of(setting, kChoices)) {
    policy_of(setting).interlock = *chosen;
  }
}

void take_on_browser_gone(const Setting& setting) {
  static constexpr std::array<std::pair<std::string_view, OnBrowserGone>, 2> kChoices{
      {{"resume", OnBrowserGone::resume}, {"stay-muted", OnBrowserGone::stay_muted}}};
  if (const auto chosen = choice_of(setting, kChoices)) {
    policy_of(setting).on_browser_gone = *chosen;
  }
}

void take_on_idle(const Setting& setting) {
  static constexpr std::array<std::pair<std::string_view, OnIdle>, 2> kChoices{
      {{"alert", OnIdle::alert}, {"resume", OnIdle::resume}}};
  if (const auto chosen = choice_of(setting, kChoices)) {
    policy_of(setting).on_idle = *chosen;
  }
}

void take_agent_may_correct(const Setting& setting) {
  static constexpr std::array<std::pair<std::string_view, AgentMayCorrect>, 3> kChoices{
      {{"nothing", AgentMayCorrect::nothing},
       {"mute", AgentMayCorrect::mute},
       {"both", AgentMayCorrect::both}}};
  if (const auto chosen = choice_of(setting, kChoices)) {
    policy_of(setting).agent_may_correct = *chosen;
  }
}

}  // namespace

std::span<const Key> policy_keys() {
  static constexpr std::array<Key, 14> kKeys{{
      {"sites", take_sites},
      {"rules", take_rules},
      {"interlock", take_interlock},
      {"interlock_timeout_ms",
       [](const Setting& setting) {
         auto& timeout_ms = policy_of(setting).interlock_timeout_ms;
         timeout_ms = milliseconds_of(setting, kMinInterlockTimeout_ms, kMaxInterlockTimeout_ms)
                          .value_or(timeout_ms);
       }},
      {"premute",
       [](const Setting& setting) {
         auto& premute = policy_of(setting).premute;
         premute = flag_of(setting).value_or(premute);
       }},
      {"on_browser_gone", take_on_browser_gone},
      {"grace_ms",
       [](const Setting& setting) {
         auto& grace_ms = policy_of(setting).grace_ms;
         grace_ms = milliseconds_of(setting, 0, kMaxGrace_ms).value_or(grace_ms);
       }},
      {"allow_record_override",
       [](const Setting& setting) {
         auto& allowed = policy_of(setting).allow_record_override;
         allowed = flag_of(setting).value_or(allowed);
       }},
      {"idle_minutes",
       [](const Setting& setting) {
         auto& minutes = policy_of(setting).idle_minutes;
         minutes = minutes_of(setting, kMinIdle_minutes, kMaxIdle_minutes).value_or(minutes);
       }},
      {"on_idle", take_on_idle},
      {"manual_mute_minutes",
       [](const Setting& setting) {
         auto& minutes = policy_of(setting).manual_mute_minutes;
         minutes = minutes_of(setting, kMinIdle_minutes, kMaxIdle_minutes).value_or(minutes);
       }},
      {"form_mute_minutes",
       [](const Setting& setting) {
         auto& minutes = policy_of(setting).form_mute_minutes;
         minutes = minutes_of(setting, kNeverTold_minutes, kMaxIdle_minutes).value_or(minutes);
       }},
      {"agent_may_correct", take_agent_may_correct},
      {"alert_sound",
       [](const Setting& setting) {
         auto& sound = policy_of(setting).alert_sound;
         sound = flag_of(setting).value_or(sound);
       }},
  }};
  return kKeys;
}

}  // namespace cardmute::config
