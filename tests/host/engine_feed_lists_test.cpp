// Tests lists of calls that are old, late or wrong: how far the engine relies on them, and for how
// long.
#include <gtest/gtest.h>

#include "engine_feed_rig.hpp"

namespace cardmute::engine {
namespace {

// A form is open, "a" is muted by its ID, and no list can be requested.
class EventsAlone : public FeedRig {
 public:
  EventsAlone() : FeedRig(feed_settings(TargetBy::each_call)) { mute({"a"}); }
  // Advances the time, and lets each request succeed.
  void pass_muted(int ms) {
    const int until_ms = now_ms + ms;
    while (now_ms < until_ms) {
      pass(until_ms - now_ms);
      if (engine.in_flight()) land(acknowledged());
    }
  }
};

TEST(EngineFeedLists, WithEventsAloneCallsMutedByIdNeedANewListInTime) {
  EventsAlone rig;
  ASSERT_TRUE(rig.engine.list_due());
  EXPECT_EQ(*rig.engine.list_due(), rig.now().steady + std::chrono::milliseconds(kNewList_ms));
  rig.pass_muted(kNewList_ms);
  EXPECT_EQ(rig.state(), State::muted);
  rig.tell({"a", "b"});
  EXPECT_EQ(rig.sends.back().target, (Target{TargetBy::call, "b"})) << "whose event was lost";
  rig.land(acknowledged());
  EXPECT_EQ(rig.state(), State::muted);
}

TEST(EngineFeedLists, WithEventsAloneNothingIsClaimedOnceTheListIsOld) {
  EventsAlone rig;
  rig.pass_muted(kListStale_ms - 1);
  EXPECT_EQ(rig.state(), State::muted);
  rig.pass_muted(1);
  EXPECT_NE(rig.state(), State::muted) << "a call whose event was lost would be recorded";
  rig.tell({"a"});
  EXPECT_EQ(rig.state(), State::muted);
}

TEST(EngineFeedLists, AnOldListIsNoAlarmWhenAFormHasJustOpened) {
  FeedRig rig(feed_settings(TargetBy::each_call));
  rig.tell({"a"});
  rig.now_ms += kListStale_ms;
  rig.open("form");
  rig.land(acknowledged());
  EXPECT_EQ(rig.state(), State::muting) << "a new list is on its way";
  EXPECT_LE(*rig.engine.list_due(), rig.now().steady);
  EventsAlone without;
  without.pass_muted(kListStale_ms);
  EXPECT_EQ(without.state(), State::unprotected);
}

TEST(EngineFeedLists, CallsOfALostFeedStayKnownForAWhileAndAreThenSaidToBeUnknown) {
  EventsAlone rig;
  rig.feed(false);
  rig.pass_muted(kListStale_ms - 1);
  EXPECT_EQ(rig.state(), State::muted);
  rig.pass_muted(1);
  EXPECT_EQ(rig.state(), State::unprotected);
}

TEST(EngineFeedLists, ACallWhoseEndWasLostNeedsANewListInTime) {
  FeedRig rig;
  EXPECT_EQ(rig.engine.list_due(), std::nullopt) << "nothing is on";
  rig.tell({"ghost"});
  EXPECT_EQ(rig.engine.list_due(),
            rig.now().steady + std::chrono::milliseconds(kNewListOfCalls_ms));
  rig.tell({});
  EXPECT_EQ(rig.engine.status().call_on, false);
  EXPECT_EQ(rig.engine.list_due(), std::nullopt);
  rig.tell({"a"});
  rig.feed(false);
  EXPECT_EQ(rig.engine.list_due(), std::nullopt) << "nobody could bring one";
}

TEST(EngineFeedLists, AListFromBeforeTheFeedIsNotTakenForTheCallsOfNow) {
  FeedRig rig;
  rig.tell({"a"});
  rig.feed(false);
  rig.now_ms += kListStale_ms;
  rig.feed(true);
  EXPECT_TRUE(rig.engine.calls_now(rig.now()).empty()) << "a may have ended long ago";
  EXPECT_EQ(rig.engine.status().call_on, std::nullopt);
  rig.feed(false);
  EXPECT_TRUE(rig.engine.calls_now(rig.now()).empty()) << "no newer list has come";
}

TEST(EngineFeedLists, AListThatWasRequestedBeforeTheLastEventUnmutesNothing) {
  FeedAndListRig rig(TargetBy::each_call);
  rig.tell({"a", "b"});
  rig.land(acknowledged());
  rig.list(list_with({"a"}));
  EXPECT_EQ(rig.sent().find("unmute"), std::string::npos) << "b is still muted";
}

TEST(EngineFeedLists, AListThatWasRequestedBeforeTheLastEventRemovesNoCallOfTheExtension) {
  for (const bool stays_live : {true, false}) {
    FeedAndListRig rig(TargetBy::extension);
    rig.tell({"a", "b"});
    rig.land(acknowledged());
    if (!stays_live) rig.feed(false);
    CallList old = list_with({"a"});
    old.calls[0].muted = true;
    rig.list(old);
    EXPECT_TRUE(rig.outstanding.empty()) << "b was muted after the list was requested";
    EXPECT_EQ(rig.engine.status().verified, std::nullopt) << "b was not verified";
  }
}

TEST(EngineFeedLists, AListThatWasRequestedBeforeTheLastEventEndsNoManualMute) {
  Settings settings = feed_settings();
  settings.active_calls = true;
  FeedRig rig(settings);
  rig.tell({"a"});
  rig.override_with(OverrideMode::mute);
  rig.land(acknowledged());
  rig.pass(kCallsInterval_ms + kCallsMargin_ms);
  rig.list(list_with({"a"}));
  rig.pass(kCallsInterval_ms + kCallsMargin_ms);
  rig.tell({"a"});
  rig.list(list_with({}));
  EXPECT_EQ(rig.engine.status().override_mode, OverrideMode::mute);
}

TEST(EngineFeedLists, AnEventThatIsOlderThanARequestedListRemovesNoCall) {
  FeedAndListRig rig(TargetBy::each_call);
  rig.list(list_with({"a", "b"}));
  rig.land(acknowledged());
  rig.tell({"a"});
  EXPECT_EQ(rig.sent().find("unmute"), std::string::npos) << "the event of b is on its way";
  CallList ringing = list_with({"a"});
  ringing.calls.push_back({.call_id = "b"});
  rig.tell_list(ringing);
  EXPECT_EQ(rig.sent().find("unmute"), std::string::npos) << "b was answered since";
}

TEST(EngineFeedLists, ACallThatHasEndedIsNotTakenFromARequestedList) {
  FeedAndListRig rig(TargetBy::extension);
  rig.list(list_with({"a", "b"}));
  CallList ended = list_with({"a"});
  ended.ended = "b";
  rig.tell_list(ended);
  EXPECT_EQ(rig.engine.calls_now(rig.now()), ended.calls);
  rig.tell({"a"});
  EXPECT_EQ(rig.engine.calls_now(rig.now()), ended.calls) << "nor with a later event";
}

// --- A manual mute and its call

class ByHand : public FeedRig {
 public:
  explicit ByHand(const std::vector<std::string>& on) {
    tell(on);
    override_with(OverrideMode::mute);
    land(acknowledged());
  }
  [[nodiscard]] bool is_manual() const {
    return engine.status().override_mode == OverrideMode::mute;
  }
};

TEST(EngineManualMute, EndsWithTheCallThatWasOn) {
  ByHand rig({"a"});
  rig.now_ms += kFeedLag_ms;
  rig.tell({});
  EXPECT_FALSE(rig.is_manual());
}

TEST(EngineManualMute, EndsWithItsCallAlthoughAnotherOneHasBegun) {
  ByHand rig({"a"});
  rig.now_ms += kFeedLag_ms;
  rig.tell({"a", "b"});
  EXPECT_TRUE(rig.is_manual());
  rig.tell({"b"});
  EXPECT_FALSE(rig.is_manual());
}

TEST(EngineManualMute, EndsALittleLaterIfItsCallEndsAtOnce) {
  ByHand rig({"a"});
  rig.tell({});
  EXPECT_TRUE(rig.is_manual()) << "the events may be late, and tell of the call of now only later";
  for (int i = 0; i < 2 && rig.is_manual(); ++i) rig.pass(kFeedLag_ms);
  EXPECT_FALSE(rig.is_manual());
  EXPECT_LE(rig.now_ms, kFeedLag_ms + 10);
}

TEST(EngineManualMute, IsForTheCallWhoseEventWasStillOnItsWay) {
  ByHand rig({"a"});
  rig.tell({});
  rig.tell({"b"});
  rig.now_ms += kFeedLag_ms;
  rig.tell({"b"});
  EXPECT_TRUE(rig.is_manual());
  rig.tell({});
  EXPECT_FALSE(rig.is_manual());
}

TEST(EngineManualMute, IsForTheCallThatRangWhenTheEventsOfTheOthersEndWasLate) {
  ByHand rig({"a"});
  CallList rings;
  rings.complete = true;
  rings.calls.push_back({.call_id = "b"});
  rig.tell_list(rings);
  rig.now_ms += kFeedLag_ms;
  rig.tell_list(rings);
  EXPECT_TRUE(rig.is_manual());
  rig.tell({"b"});
  EXPECT_TRUE(rig.is_manual());
  rig.tell({});
  EXPECT_FALSE(rig.is_manual());
}

TEST(EngineManualMute, IsNotForACallThatOnlyRangBesideIts) {
  ByHand rig({"a"});
  CallList rings = list_with({"a"});
  rings.calls.push_back({.call_id = "b"});
  rig.tell_list(rings);
  rig.now_ms += kFeedLag_ms;
  rig.tell({"b"});
  EXPECT_FALSE(rig.is_manual());
}

TEST(EngineManualMute, DoesNotEndBecauseTheProviderDoesNotFindItsCall) {
  FeedRig rig(feed_settings(TargetBy::each_call));
  rig.tell({});
  rig.override_with(OverrideMode::mute);
  rig.now_ms += kFeedLag_ms;
  rig.tell({"a"});
  rig.land(denied(ErrorCode::call_not_found));
  EXPECT_EQ(rig.engine.status().override_mode, OverrideMode::mute) << "it is just not known yet";
  rig.tell({"a"});
  rig.land(acknowledged());
  EXPECT_EQ(rig.state(), State::muted);
  rig.tell({});
  EXPECT_EQ(rig.engine.status().override_mode, OverrideMode::automatic);
}

TEST(EngineManualMute, IsForTheCallsOfTheExtensionThatReplacesTheWrongOne) {
  ByHand rig({"z"});
  rig.now_ms += kFeedLag_ms;
  Settings corrected = feed_settings();
  corrected.target.value = "200";
  rig.engine.configure(corrected, rig.now());
  rig.engine.feed(true, rig.now());
  rig.now_ms += kFeedLag_ms;
  rig.tell({"x"});
  EXPECT_TRUE(rig.is_manual());
  rig.tell({});
  EXPECT_FALSE(rig.is_manual());
}

TEST(EngineManualMute, WithoutACallIsForTheNextOne) {
  ByHand rig({});
  rig.now_ms += kFeedLag_ms;
  rig.tell({"a"});
  EXPECT_TRUE(rig.is_manual());
  rig.tell({});
  EXPECT_FALSE(rig.is_manual());
}

TEST(EngineManualMute, EndsWithItsCallAlsoUnderAForm) {
  ByHand rig({"a"});
  rig.open("form");
  rig.now_ms += kFeedLag_ms;
  rig.tell({});
  EXPECT_FALSE(rig.is_manual());
  EXPECT_EQ(rig.engine.leases(rig.now()).size(), 1U) << "the form keeps the call muted";
}

TEST(EngineManualMute, IsNotEndedByAListThatIsNotComplete) {
  ByHand rig({"a"});
  rig.now_ms += kFeedLag_ms;
  rig.tell({"b"}, false);
  EXPECT_TRUE(rig.is_manual());
}

}  // namespace
}  // namespace cardmute::engine
