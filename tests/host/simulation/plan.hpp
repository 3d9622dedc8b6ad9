// The plan that a world gets from its seed: the configuration of all hosts, and which faults there
// are.
#pragma once

#include <algorithm>
#include <string>

#include "chance.hpp"
#include "engine/settings.hpp"
#include "store/store.hpp"

namespace cardmute::simulation {

inline constexpr const char* kExtension = "1001";

struct Plan {
  int browsers = 1;
  engine::Settings settings;
  store::Absence absence;
  bool denies_without_call = false;  // false: a mute without any call is acknowledged
  bool tells_muted = true;           // the list of active calls says which call is muted
  bool lies = false;                 // an acknowledgement may be false
  bool store_faults = false;
  bool store_fails_for_one = false;  // now and then the store fails for one process alone
  bool crashes = true;
  bool feed_is_wrong = false;  // an event may lack a call, or name a call that does not exist

  // The longest interval at which an acknowledged mute is repeated.
  [[nodiscard]] int longest_reassert_ms() const {
    return std::max(settings.reassert_ms, settings.reassert_live_ms);
  }
  [[nodiscard]] bool by_call() const { return settings.target.by == TargetBy::each_call; }
  // Whether only events say which calls have to be muted.
  [[nodiscard]] bool by_events_alone() const { return by_call() && !settings.active_calls; }
  // Whether what a process has recorded may be unknown to another.
  [[nodiscard]] bool store_may_fail() const { return store_faults || store_fails_for_one; }
  [[nodiscard]] std::string text() const;
};

Plan make_plan(Chance& chance);
// Sets the plan's fields about the provider's events (feed.cpp).
void plan_feed(Plan& plan, Chance& chance);
// Sets `store_fails_for_one` (faults.cpp).
void plan_lone_store_failures(Plan& plan, Chance& chance);

}  // namespace cardmute::simulation
