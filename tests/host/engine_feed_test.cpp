// Tests the provider's events about calls: what the engine does after them, and what they do not
// prove.
#include <gtest/gtest.h>

#include "engine_feed_rig.hpp"

namespace cardmute::engine {
namespace {

TEST(EngineFeed, ANewCallUnderAnOpenFormIsMutedAtOnce) {
  FeedRig rig;
  rig.mute({});
  rig.now_ms += 100;
  rig.tell({"a"});
  EXPECT_EQ(rig.sent(), "mute mute");
  EXPECT_EQ(rig.state(), State::muting) << "the new call is not known to be muted";
  rig.land(acknowledged());
  EXPECT_EQ(rig.state(), State::muted);
  rig.tell({"a"});
  EXPECT_EQ(rig.sent(), "mute mute") << "it is new only once";
}

TEST(EngineFeed, ACallThatRingsIsMutedWhenItIsAnswered) {
  FeedRig rig;
  rig.mute({});
  CallList ringing;
  ringing.complete = true;
  ringing.calls.push_back({.call_id = "a"});
  rig.engine.calls_changed(ringing, rig.now());
  rig.collect();
  EXPECT_EQ(rig.sent(), "mute");
  rig.tell({"a"});
  EXPECT_EQ(rig.sent(), "mute mute");
}

TEST(EngineFeed, ANewCallInAListThatIsNotCompleteIsMutedToo) {
  FeedRig rig;
  rig.mute({"a"});
  rig.tell({"b"}, false);
  EXPECT_EQ(rig.sent(), "mute mute");
  EXPECT_TRUE(rig.outstanding.empty()) << "that a is missing means nothing";
}

TEST(EngineFeed, AMuteInFlightDoesNotCountForACallThatBeganMeanwhile) {
  FeedRig rig;
  rig.open("form");
  rig.tell({"a"});
  rig.land(acknowledged());
  EXPECT_EQ(rig.sent(), "mute mute");
  EXPECT_EQ(rig.state(), State::muting);
}

TEST(EngineFeed, ACallThatLeavesWhileMutedIsUnmutedByItsId) {
  FeedRig rig;
  rig.mute({"a", "b"});
  rig.tell({"b"});
  EXPECT_EQ(rig.outstanding, std::vector<std::string>{"a"});
  ASSERT_EQ(rig.sent(), "mute unmute");
  EXPECT_EQ(rig.sends.back().target, (Target{TargetBy::call, "a"}));
  EXPECT_EQ(rig.state(), State::muted);
}

TEST(EngineFeed, ACallThatComesBackUnderTheFormIsMutedAgainAfterItsUnmute) {
  FeedRig rig;
  rig.mute({"a"});
  rig.tell({});
  const auto unmute = rig.sends.back().attempt;
  rig.tell({"a"});
  EXPECT_EQ(rig.sent(), "mute unmute mute");
  rig.land(acknowledged());
  EXPECT_EQ(rig.state(), State::muted);
  // The provider may have carried out the unmute after the mute.
  rig.engine.finished(unmute, acknowledged(), rig.now());
  rig.collect();
  EXPECT_EQ(rig.sent(), "mute unmute mute mute");
}

TEST(EngineFeed, ACallThatComesBackAfterAnUnmuteThatFailedIsNotUnmutedUnderTheForm) {
  FeedRig rig;
  rig.mute({"a"});
  rig.tell({});
  rig.land(outcome_unknown());
  rig.tell({"a"});
  rig.land(acknowledged());
  const auto sent = rig.sent();
  rig.pass(kReassert_ms);
  EXPECT_EQ(rig.sent(), sent + " mute") << "the unmute of the call is not repeated";
}

TEST(EngineFeed, ACallThatLeftShortlyBeforeItsFormClosedIsUnmutedThoughItsEventIsLate) {
  FeedRig rig;
  rig.mute({"a"});
  rig.close("form");
  rig.land(acknowledged());
  rig.now_ms += kFeedLag_ms - 2;
  rig.tell({});
  EXPECT_EQ(rig.outstanding, std::vector<std::string>{"a"});
}

TEST(EngineFeed, ACallThatEndsLongAfterItsFormClosedNeedsNothing) {
  FeedRig rig;
  rig.mute({"a"});
  rig.close("form");
  rig.land(acknowledged());
  rig.now_ms += kFeedLag_ms;
  rig.tell({"a"});
  EXPECT_TRUE(rig.engine.idle()) << "the unmute of the extension has reached it";
  rig.tell({});
  EXPECT_TRUE(rig.outstanding.empty());
  EXPECT_EQ(rig.sent(), "mute unmute");
}

TEST(EngineFeed, ACallThatLeftWithoutAnEventIsUnmutedByANewListAfterTheForm) {
  FeedRig rig;
  rig.mute({"a"});
  rig.close("form");
  EXPECT_NE(rig.engine.list_due(), rig.now().steady + std::chrono::milliseconds(kFeedLag_ms))
      << "the unmute is still on its way";
  rig.land(acknowledged());
  EXPECT_EQ(rig.engine.list_due(), rig.now().steady + std::chrono::milliseconds(kFeedLag_ms));
  rig.now_ms += kFeedLag_ms;
  rig.tell({});
  EXPECT_EQ(rig.outstanding, std::vector<std::string>{"a"});
  EXPECT_EQ(rig.engine.list_due(), std::nullopt);
}

TEST(EngineFeed, ACallThatLeftWhileTheFeedWasDownIsUnmutedWhenItIsLiveAgain) {
  FeedRig rig;
  rig.mute({"a"});
  rig.feed(false);
  rig.close("form");
  rig.land(acknowledged());
  rig.now_ms += kNewListOfCalls_ms;
  rig.feed(true);
  rig.tell({});
  EXPECT_EQ(rig.outstanding, std::vector<std::string>{"a"});
}

TEST(EngineFeed, AMuteIsRepeatedAsOftenAsWithoutTheFeedWhileACallIsNew) {
  FeedRig rig;
  rig.mute({});
  rig.tell({"a"});
  // Another workstation where the call rang too may have muted it, and unmutes it now.
  for (int passed_ms = 0; passed_ms <= kFeedLag_ms; passed_ms += kReassert_ms) {
    rig.land(acknowledged());
    const auto before = rig.sends.size();
    rig.pass(kReassert_ms);
    EXPECT_EQ(rig.sends.size(), before + 1) << "after " << passed_ms << " ms";
  }
  rig.land(acknowledged());
  const auto before = rig.sends.size();
  rig.pass(kLive_ms - 1);
  EXPECT_EQ(rig.sends.size(), before);
}

TEST(EngineFeed, EventsNeverSayThatACallIsMuted) {
  Settings settings = feed_settings();
  settings.active_calls = true;
  FeedRig rig(settings);
  rig.mute({"a"});
  EXPECT_EQ(rig.engine.status().verified, std::nullopt);
  rig.pass(kVerifyAfter_ms);
  ASSERT_FALSE(rig.asks.empty()) << "the list is requested to verify the mute";
  CallList asked = list_with({"a"});
  asked.calls[0].muted = true;
  rig.list(asked);
  EXPECT_EQ(rig.engine.status().verified, true);
  rig.tell({"a"});
  EXPECT_EQ(rig.engine.status().verified, true)
      << "the same calls confirm nothing and deny nothing";
  rig.tell({"a", "b"});
  EXPECT_EQ(rig.engine.status().verified, std::nullopt) << "the new call was not verified";
}

TEST(EngineFeed, AMuteIsRepeatedLessOftenWhileTheFeedIsLiveAndAsOftenAsBeforeWhenItIsLost) {
  FeedRig rig;
  rig.mute({"a"});
  rig.pass(kLive_ms - 1);
  EXPECT_EQ(rig.sent(), "mute");
  rig.pass(1);
  EXPECT_EQ(rig.sent(), "mute mute");
  rig.land(acknowledged());
  rig.now_ms += kReassert_ms / 2;
  rig.feed(false);
  rig.pass(kReassert_ms / 2);
  EXPECT_EQ(rig.sent(), "mute mute mute") << "one interval after the last mute, not after the loss";
}

TEST(EngineFeed, AnAcknowledgementThatIsTooOldWithoutTheFeedIsRenewedAtOnceWithoutAnAlarm) {
  FeedRig rig;
  rig.mute({"a"});
  rig.now_ms += kReassert_ms * kAcknowledged_intervals;
  rig.feed(false);
  EXPECT_EQ(rig.sent(), "mute mute");
  EXPECT_EQ(rig.state(), State::muting);
}

TEST(EngineFeed, WithoutALongerIntervalNothingChangesWhileTheFeedIsLive) {
  Settings settings = feed_settings();
  settings.reassert_live_ms = 0;
  FeedRig rig(settings);
  rig.mute({"a"});
  rig.pass(kReassert_ms);
  EXPECT_EQ(rig.sent(), "mute mute");
}

TEST(EngineFeed, EachCallIsMutedByItsIdFromEventsAlone) {
  FeedRig rig(feed_settings(TargetBy::each_call));
  rig.tell({"a"});
  rig.open("form");
  rig.land(acknowledged());
  EXPECT_EQ(rig.state(), State::muted);
  rig.tell({"a", "b"});
  ASSERT_EQ(rig.sent(), "mute mute");
  EXPECT_EQ(rig.sends.back().target, (Target{TargetBy::call, "b"}));
  rig.land(acknowledged());
  EXPECT_EQ(rig.state(), State::muted);
  rig.tell({"b"});
  ASSERT_EQ(rig.sent(), "mute mute unmute") << "a has ended, or has moved and is still muted";
  EXPECT_EQ(rig.sends.back().target, (Target{TargetBy::call, "a"}));
}

TEST(EngineFeed, SaysWhetherACallIsActiveAndSinceWhenTheOneThatTalks) {
  FeedRig rig;
  EXPECT_EQ(rig.engine.status().call_on, false);
  CallList list;
  list.complete = true;
  list.calls.push_back({"held", true, {}, CallPhase::held, UtcTime(1000)});
  list.calls.push_back({"talks", true, {}, CallPhase::talking, UtcTime(2000)});
  list.calls.push_back({"rings", false, {}, CallPhase::ringing, UtcTime(500)});
  rig.engine.calls_changed(list, rig.now());
  EXPECT_EQ(rig.engine.status().call_on, true);
  EXPECT_EQ(rig.engine.status().call_since, UtcTime(2000));
  rig.feed(false);
  rig.now_ms += kListStale_ms;
  rig.engine.tick(rig.now());
  EXPECT_EQ(rig.engine.status().call_on, std::nullopt);
}

}  // namespace
}  // namespace cardmute::engine
