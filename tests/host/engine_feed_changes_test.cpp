// Tests each change of a call that the provider may report, and what follows from it.
#include <gtest/gtest.h>

#include "engine_feed_rig.hpp"

namespace cardmute::engine {
namespace {

CallList list_of(std::vector<ListedCall> calls) {
  CallList list;
  list.complete = true;
  list.calls = std::move(calls);
  return list;
}

const ListedCall kRings{"a", false, {}, CallPhase::ringing, {}};
const ListedCall kTalks{"a", true, {}, CallPhase::talking, {}};
const ListedCall kHeld{"a", true, {}, CallPhase::held, {}};
const ListedCall kOtherTalks{"b", true, {}, CallPhase::talking, {}};

TEST(EngineCallChanges, BothCallsOfAConferenceAreMutedAndTheOneThatLeavesIsUnmuted) {
  for (const TargetBy by : {TargetBy::extension, TargetBy::each_call}) {
    FeedRig rig(feed_settings(by));
    rig.tell_list(list_of({kHeld, kOtherTalks}));
    rig.open("form");
    for (const auto& send : std::vector(rig.sends)) {
      rig.engine.finished(send.attempt, acknowledged(), rig.now());
    }
    const auto mutes = rig.sends.size();
    EXPECT_EQ(mutes, by == TargetBy::extension ? 1U : 2U);
    EXPECT_EQ(rig.state(), State::muted);
    rig.tell_list(list_of({kTalks, kOtherTalks}));
    EXPECT_EQ(rig.sends.size(), mutes) << "joining them changes no recording";
    rig.tell_list(list_of({kTalks}));
    ASSERT_EQ(rig.sends.size(), mutes + 1);
    EXPECT_EQ(rig.sends.back().command, Command::unmute);
    EXPECT_EQ(rig.sends.back().target, (Target{TargetBy::call, "b"}));
    EXPECT_EQ(rig.state(), State::muted);
  }
}

TEST(EngineCallChanges, ACallThatRangAndIsAnsweredElsewhereIsUnmuted) {
  FeedRig rig;
  rig.tell_list(list_of({kRings}));
  rig.open("form");
  rig.land(acknowledged());
  EXPECT_EQ(rig.engine.status().call_on, false);
  rig.tell({});
  ASSERT_EQ(rig.sent(), "mute unmute") << "the extension's mute may have reached it";
  EXPECT_EQ(rig.sends.back().target, (Target{TargetBy::call, "a"}));
}

TEST(EngineCallChanges, ACallThatRangElsewhereIsNeverMutedByItsId) {
  FeedRig rig(feed_settings(TargetBy::each_call));
  rig.tell_list(list_of({kRings}));
  rig.open("form");
  rig.tell({});
  EXPECT_EQ(rig.sent(), "");
}

TEST(EngineCallChanges, TheSameIdThatRingsAgainAndIsAnsweredIsMutedAgain) {
  for (const TargetBy by : {TargetBy::extension, TargetBy::each_call}) {
    FeedRig rig(feed_settings(by));
    rig.mute({"a"});
    rig.tell({});
    rig.land(acknowledged());
    rig.tell_list(list_of({kRings}));
    const auto before = rig.sends.size();
    rig.tell_list(list_of({kTalks}));
    ASSERT_EQ(rig.sends.size(), before + 1);
    EXPECT_EQ(rig.sends.back().command, Command::mute);
    rig.land(acknowledged());
    EXPECT_EQ(rig.state(), State::muted);
  }
}

TEST(EngineCallChanges, ACallThatRingsAgainThoughItsEndWasLostIsMutedAgain) {
  FeedRig rig;
  rig.mute({"a"});
  rig.tell_list(list_of({kRings}));
  rig.tell_list(list_of({kTalks}));
  EXPECT_EQ(rig.sent(), "mute mute");
}

TEST(EngineCallChanges, HoldingACallAndTakingItBackChangesNoMute) {
  for (const TargetBy by : {TargetBy::extension, TargetBy::each_call}) {
    FeedRig rig(feed_settings(by));
    rig.mute({"a"});
    rig.tell_list(list_of({kHeld}));
    EXPECT_EQ(rig.state(), State::muted);
    EXPECT_EQ(rig.engine.status().call_on, true);
    rig.tell_list(list_of({kTalks}));
    EXPECT_EQ(rig.sent(), "mute");
    EXPECT_EQ(rig.state(), State::muted);
  }
}

TEST(EngineCallChanges, OfTwoCallsTheHeldOneStaysMutedToo) {
  FeedRig rig(feed_settings(TargetBy::each_call));
  rig.mute({"a"});
  rig.tell_list(list_of({kHeld, kOtherTalks}));
  ASSERT_EQ(rig.sent(), "mute mute");
  rig.land(acknowledged());
  EXPECT_EQ(rig.state(), State::muted);
  EXPECT_EQ(rig.engine.outstanding_mutes().size(), 2U);
}

}  // namespace
}  // namespace cardmute::engine
