#include "plan.hpp"

namespace cardmute::simulation {

Plan make_plan(Chance& chance) {
  Plan plan;
  plan.browsers = static_cast<int>(chance.between(1, 4));
  engine::Settings& settings = plan.settings;
  const bool by_call = chance.percent(25);
  settings.target = {by_call ? TargetBy::each_call : TargetBy::extension, kExtension};
  settings.active_calls = by_call || chance.percent(50);
  settings.timeout_ms = static_cast<int>(chance.between(10, 30)) * 100;
  settings.reassert_ms = static_cast<int>(chance.between(5, 30)) * 100;
  settings.allow_record_override = chance.percent(50);
  settings.resume_when_idle = chance.percent(30);
  settings.idle_ms = static_cast<int>(chance.between(8, 60)) * 1000;
  settings.manual_mute_ms = static_cast<int>(chance.between(10, 120)) * 1000;
  plan.absence.grace_ms = static_cast<int>(chance.between(10, 50)) * 100;
  plan.absence.resume = chance.percent(75);
  settings.resume_when_browser_gone = plan.absence.resume;
  plan.denies_without_call = chance.percent(40);
  plan.tells_muted = chance.percent(80);
  plan.lies = chance.percent(25);
  plan.store_faults = chance.percent(12);
  plan.crashes = chance.percent(80);
  return plan;
}

std::string Plan::text() const {
  std::string text =
      std::to_string(browsers) + " browsers, target " + std::string(name_of(settings.target.by));
  text += settings.active_calls ? ", active calls" : "";
  text += ", reassert " + std::to_string(settings.reassert_ms) + " ms, timeout " +
          std::to_string(settings.timeout_ms) + " ms, grace " + std::to_string(absence.grace_ms) +
          " ms";
  text += absence.resume ? ", resume" : ", stay muted";
  text += settings.resume_when_idle ? ", resume when idle" : "";
  text += denies_without_call ? ", denies without a call" : "";
  text += tells_muted ? "" : ", the list does not tell what is muted";
  text += lies ? ", lies" : "";
  text += settings.feed ? ", events, reassert " + std::to_string(longest_reassert_ms()) +
                              " ms while they come"
                        : "";
  text += feed_is_wrong ? ", some of them wrong" : "";
  text += store_faults ? ", store faults" : "";
  text += store_fails_for_one ? ", the store fails for one" : "";
  return text + (crashes ? ", crashes" : "");
}

}  // namespace cardmute::simulation
