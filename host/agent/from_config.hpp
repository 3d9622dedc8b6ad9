// The configuration in the terms of the engine and the store. run/ uses it.
#pragma once

#include "config/config.hpp"
#include "engine/settings.hpp"
#include "store/store.hpp"

namespace cardmute::run {

inline engine::Settings engine_settings(const config::Config& config) {
  const auto& voicenter = config.voicenter;
  const auto& policy = config.policy;
  constexpr int kMinute_ms = 60'000;
  return {.target = {voicenter.by_call ? "call" : "extension", voicenter.extension},
          .timeout_ms = voicenter.timeout_ms,
          .reassert_ms = voicenter.reassert_ms,
          .allow_record_override = policy.allow_record_override,
          .resume_when_browser_gone = policy.on_browser_gone == config::OnBrowserGone::resume,
          .active_calls = voicenter.active_calls.has_value(),
          .idle_ms = policy.idle_minutes * kMinute_ms,
          .resume_when_idle = policy.on_idle == config::OnIdle::resume,
          .manual_mute_ms = policy.manual_mute_minutes * kMinute_ms};
}

inline store::Absence absence_of(const config::Config& config) {
  return {config.policy.grace_ms, config.policy.on_browser_gone == config::OnBrowserGone::resume};
}

}  // namespace cardmute::run
