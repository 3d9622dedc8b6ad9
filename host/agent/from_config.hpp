// Converts the configuration into settings of the engine and the store.
#pragma once

#include "config/config.hpp"
#include "engine/settings.hpp"
#include "store/store.hpp"

namespace cardmute::agent {

inline engine::Settings engine_settings(const config::Config& config) {
  const telephony::Account& account = *config.account;
  const auto& policy = config.policy;
  constexpr int kMinute_ms = 60'000;
  return {.target = account.target(),
          .timeout_ms = account.settings.timeout_ms,
          .reassert_ms = account.settings.reassert_ms,
          .reassert_live_ms = account.settings.reassert_live_ms,
          .allow_record_override = policy.allow_record_override,
          .resume_when_browser_gone = policy.on_browser_gone == config::OnBrowserGone::resume,
          .active_calls = account.lists_calls(),
          .feed = account.has_feed(),
          .idle_ms = policy.idle_minutes * kMinute_ms,
          .resume_when_idle = policy.on_idle == config::OnIdle::resume,
          .manual_mute_ms = policy.manual_mute_minutes * kMinute_ms,
          .form_mute_ms = policy.form_mute_minutes * kMinute_ms};
}

inline store::Absence absence_of(const config::Config& config) {
  return {config.policy.grace_ms, config.policy.on_browser_gone == config::OnBrowserGone::resume};
}

}  // namespace cardmute::agent
