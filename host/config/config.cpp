#include "config/config.hpp"

#include <utility>

namespace cardmute::config {

namespace {

const char* name_of(OnBrowserGone value) {
  return value == OnBrowserGone::stay_muted ? "stay-muted" : "resume";
}

}  // namespace

const char* name_of(Interlock value) {
  switch (value) {
    case Interlock::off:
      return "off";
    case Interlock::warn:
      return "warn";
    case Interlock::block:
      return "block";
  }
  return "warn";
}

const char* name_of(AgentMayCorrect value) {
  switch (value) {
    case AgentMayCorrect::nothing:
      return "nothing";
    case AgentMayCorrect::mute:
      return "mute";
    case AgentMayCorrect::both:
      return "both";
  }
  return "mute";
}

const char* name_of(ExtensionSource value) {
  switch (value) {
    case ExtensionSource::machine:
      return "machine";
    case ExtensionSource::user:
      return "user";
    case ExtensionSource::table:
      return "table";
    case ExtensionSource::file:
      return "file";
    case ExtensionSource::env:
      return "env";
  }
  return "machine";
}

nlohmann::json to_json(const Policy& policy) {
  nlohmann::json rules = nlohmann::json::array();
  for (const Rule& rule : policy.rules) rules.push_back(to_json(rule));
  return {{"sites", policy.sites},
          {"rules", std::move(rules)},
          {"interlock", name_of(policy.interlock)},
          {"interlock_timeout_ms", policy.interlock_timeout_ms},
          {"premute", policy.premute},
          {"on_browser_gone", name_of(policy.on_browser_gone)},
          {"grace_ms", policy.grace_ms},
          {"allow_record_override", policy.allow_record_override},
          {"idle_minutes", policy.idle_minutes},
          {"on_idle", policy.on_idle == OnIdle::resume ? "resume" : "alert"},
          {"manual_mute_minutes", policy.manual_mute_minutes},
          {"form_mute_minutes", policy.form_mute_minutes},
          {"agent_may_correct", name_of(policy.agent_may_correct)},
          {"alert_sound", policy.alert_sound}};
}

std::string digest_of(const Config& config) {
  const telephony::Account& account = *config.account;
  const nlohmann::json all{{"policy", to_json(config.policy)},
                           {"provider", account.names().section},
                           {"server", account.server_url()},
                           {"polarity", account.polarity()},
                           {"calls", account.calls_url()},
                           {"by_call", account.settings.by_call},
                           {"timeout_ms", account.settings.timeout_ms},
                           {"reassert_ms", account.settings.reassert_ms},
                           {"reassert_live_ms", account.settings.reassert_live_ms},
                           {"events", account.has_feed()},
                           {"ca_file", account.settings.ca_file},
                           {"proxied", !account.settings.proxy.empty()}};
  return digest_of(std::string_view(all.dump()));
}

}  // namespace cardmute::config
