// An engine whose provider sends events about calls.
#pragma once

#include <string>
#include <vector>

#include "engine_rig.hpp"

namespace cardmute::engine {

inline constexpr int kReassert_ms = 2000;
inline constexpr int kLive_ms = 10'000;

inline Settings feed_settings(TargetBy by = TargetBy::extension) {
  return {.target = {by, "API1API"},
          .reassert_ms = kReassert_ms,
          .reassert_live_ms = kLive_ms,
          .feed = true};
}

inline CallList list_with(const std::vector<std::string>& answered, bool complete = true) {
  CallList list;
  list.complete = complete;
  for (const auto& call_id : answered) list.calls.push_back({.call_id = call_id, .answered = true});
  return list;
}

class FeedRig : public Rig {
 public:
  explicit FeedRig(Settings settings = feed_settings()) : Rig(std::move(settings)) {
    engine.feed(true, now());
    tell({});
  }
  void tell(const std::vector<std::string>& answered, bool complete = true) {
    now_ms += 1;  // so that no two events have the same time
    engine.calls_changed(list_with(answered, complete), now());
    collect();
  }
  void feed(bool live) {
    engine.feed(live, now());
    collect();
  }
  void tell_list(const CallList& list) {
    now_ms += 1;
    engine.calls_changed(list, now());
    collect();
  }
  // Reports these answered calls, opens a form, and acknowledges its mute.
  void mute(const std::vector<std::string>& answered) {
    tell(answered);
    open("form");
    land(acknowledged());
    ASSERT_EQ(state(), State::muted);
  }
};

// A rig in which the list can be requested too. A form is open, "a" is muted, and a list was
// requested.
class FeedAndListRig : public FeedRig {
 public:
  explicit FeedAndListRig(TargetBy by) : FeedRig(settings_of(by)) {
    mute({"a"});
    pass(by == TargetBy::each_call ? kCallsInterval_ms : kVerifyAfter_ms);
    EXPECT_FALSE(asks.empty());
  }

 private:
  static Settings settings_of(TargetBy by) {
    Settings settings = feed_settings(by);
    settings.active_calls = true;
    return settings;
  }
};

}  // namespace cardmute::engine
