// Tests several hosts of one user: how the engine reacts to what other processes have put into the
// store.
#include "engine_rig.hpp"

namespace cardmute::engine {
namespace {

using engine::State;
using std::chrono::milliseconds;

const engine::Target kExtension{TargetBy::extension, "API1API"};

OutstandingMute outstanding_since(const Rig& rig, std::optional<int> acknowledged_ms_ago) {
  OutstandingMute mute{.target = kExtension};
  if (acknowledged_ms_ago) {
    const milliseconds ago(*acknowledged_ms_ago);
    mute.acknowledged_at = Moment{rig.now().steady - ago, rig.now().utc - ago};
  }
  return mute;
}

TEST(EngineShared, AnothersLeaseKeepsTheMuteWhenTheOwnFormCloses) {
  Rig rig;
  rig.open("a");
  rig.land(acknowledged());
  rig.hear({.leases_elsewhere = 1, .outstanding = {outstanding_since(rig, 0)}});
  const auto closing = rig.close("a");
  EXPECT_EQ(rig.answer(closing), "ok");
  EXPECT_EQ(rig.sent(), "mute");
  EXPECT_EQ(rig.state(), State::muted);
  EXPECT_EQ(rig.engine.status().elsewhere, 1U);
}

TEST(EngineShared, AnothersFormKeepsTheMuteWhileTheStoreFailsForAMoment) {
  Rig rig;
  rig.hear({.leases_elsewhere = 1, .outstanding = {outstanding_since(rig, 0)}});
  rig.lose_store();
  rig.pass(kLeasesKept_ms - 1);
  EXPECT_EQ(rig.sent(), "") << "the other browser's form is open";
  EXPECT_EQ(rig.engine.status().elsewhere, 1U);
  rig.hear({.leases_elsewhere = 1, .outstanding = {outstanding_since(rig, 0)}});
  EXPECT_EQ(rig.state(), State::muted);
  rig.lose_store();
  rig.pass(kLeasesKept_ms - 1);
  EXPECT_EQ(rig.engine.status().elsewhere, 1U) << "the time starts again";
}

TEST(EngineShared, AMuteOfAnotherIsNotEndedHoweverLongTheStoreFails) {
  Rig rig;
  rig.hear({.leases_elsewhere = 1, .outstanding = {outstanding_since(rig, 0)}});
  rig.lose_store();
  rig.pass(kLeasesKept_ms);
  EXPECT_EQ(rig.engine.status().elsewhere, 0U);
  EXPECT_EQ(rig.state(), State::recording);
  rig.pass(kLongestCall_ms);
  EXPECT_EQ(rig.sent(), "");
  EXPECT_TRUE(rig.engine.idle());
}

TEST(EngineShared, AMuteOfAnotherWhoseFormHasClosedIsNotEndedWithoutTheStore) {
  Rig rig;
  rig.hear({.leases_elsewhere = 1, .outstanding = {outstanding_since(rig, 0)}});
  OutstandingMute mute = outstanding_since(rig, 0);
  rig.lose_store();
  rig.pass(1000);
  rig.hear({.leases_elsewhere = 0, .outstanding = {mute}});
  EXPECT_EQ(rig.sent(), "unmute") << "with the store it is";
  rig.land(outcome_unknown());
  rig.lose_store();
  rig.pass(kLongestUnmuteRetry_ms);
  EXPECT_EQ(rig.sent(), "unmute unmute") << "what was begun goes on";
}

TEST(EngineShared, TheOwnMuteOutlastsTheOwnFormWhileAnothersIsOpenAndTheStoreFails) {
  Rig rig;
  rig.open("a");
  rig.land(acknowledged());
  rig.hear({.leases_elsewhere = 1, .outstanding = {outstanding_since(rig, 0)}});
  rig.lose_store();
  const auto closing = rig.close("a");
  EXPECT_EQ(rig.answer(closing), "ok");
  rig.pass(kLeasesKept_ms - 1);
  EXPECT_EQ(rig.sent(), "mute");
  rig.pass(1);
  EXPECT_EQ(rig.sent(), "mute unmute") << "nobody else may know of this mute";
}

TEST(EngineShared, AFormOverAnothersMuteTakesItOver) {
  Rig rig;
  rig.hear({.leases_elsewhere = 1, .outstanding = {outstanding_since(rig, 0)}});
  rig.open("a");
  rig.hear({.leases_elsewhere = 0, .outstanding = {outstanding_since(rig, 0)}});
  rig.lose_store();
  const auto closing = rig.close("a");
  EXPECT_EQ(rig.sent(), "unmute");
  rig.land(acknowledged());
  EXPECT_EQ(rig.answer(closing), "ok");
}

TEST(EngineShared, ASettlerEndsWhatTheDeadLeftEvenIfTheStoreFailsMeanwhile) {
  Rig rig({.target = kExtension, .acts_for_others = true});
  rig.hear({.leases_elsewhere = 1, .outstanding = {outstanding_since(rig, 0)}});
  rig.lose_store();
  rig.pass(kLeasesKept_ms);
  EXPECT_EQ(rig.sent(), "unmute");
}

TEST(EngineShared, ASettlerDoesNotEndTheMuteOfTheLivingWithoutTheStore) {
  Rig rig({.target = kExtension, .acts_for_others = true});
  rig.hear({.leases_elsewhere = 1,
            .held_by_the_living = true,
            .outstanding = {outstanding_since(rig, 0)}});
  rig.lose_store();
  rig.pass(kLongestCall_ms);
  EXPECT_EQ(rig.sent(), "");
}

TEST(EngineShared, AProcessThatGoesWhileTheStoreFailsLeavesItsMuteToASettler) {
  Rig rig;
  rig.open("a");
  rig.land(acknowledged());
  rig.hear({.leases_elsewhere = 1, .outstanding = {outstanding_since(rig, 0)}});
  rig.lose_store();
  rig.gone();
  EXPECT_EQ(rig.sent(), "mute");
  EXPECT_TRUE(rig.engine.leaves_work()) << "the other form may have closed meanwhile";
}

TEST(EngineShared, TheLastReleaseElsewhereUnmutes) {
  Rig rig;
  rig.hear({.leases_elsewhere = 1, .outstanding = {outstanding_since(rig, 0)}});
  EXPECT_EQ(rig.state(), State::muted);
  rig.hear({.leases_elsewhere = 0, .outstanding = {outstanding_since(rig, 0)}});
  EXPECT_EQ(rig.sent(), "unmute");
}

TEST(EngineShared, AProcessWithoutALeaseLeavesTheMutingToTheOthers) {
  Rig rig;
  rig.hear({.leases_elsewhere = 1, .outstanding = {outstanding_since(rig, std::nullopt)}});
  EXPECT_EQ(rig.sent(), "");
  rig.pass(1999);
  EXPECT_EQ(rig.sent(), "");
  rig.pass(1);
  EXPECT_EQ(rig.sent(), "mute") << "nobody has muted for an interval";
}

TEST(EngineShared, AnothersAcknowledgementCountsAsLongAsAnOwnOne) {
  Rig rig;
  rig.hear({.leases_elsewhere = 1, .outstanding = {outstanding_since(rig, 5999)}});
  EXPECT_EQ(rig.state(), State::muted);
  rig.pass(1);
  EXPECT_NE(rig.state(), State::muted);
}

TEST(EngineShared, AnUnmuteThatAnotherProcessHasSentEndsTheMutedStatus) {
  Rig rig;
  rig.open("a");
  rig.land(acknowledged());
  ASSERT_EQ(rig.state(), State::muted);
  rig.hear({.outstanding = {outstanding_since(rig, std::nullopt)}});
  EXPECT_NE(rig.state(), State::muted);
  EXPECT_EQ(rig.sent(), "mute mute") << "mute wins";
}

// The shared state lacks the unmute, as if the store had failed to record it.
TEST(EngineShared, AMuteFromBeforeTheOwnUnmuteDoesNotCount) {
  Rig rig;
  rig.open("a");
  rig.land(acknowledged());
  rig.now_ms += 100;
  rig.close("a");
  rig.land(acknowledged());
  rig.hear({.leases_elsewhere = 1, .outstanding = {outstanding_since(rig, 100)}});
  EXPECT_NE(rig.state(), State::muted);
  rig.hear({.leases_elsewhere = 1, .outstanding = {outstanding_since(rig, 0)}});
  EXPECT_EQ(rig.state(), State::muted);
}

TEST(EngineShared, AFailedVerificationIsStillShownAfterTheOwnFormHasClosed) {
  Rig rig({.target = kExtension, .active_calls = true});
  rig.open("a");
  rig.land(acknowledged());
  rig.pass(kVerifyAfter_ms);
  rig.list({.error = std::nullopt, .complete = true, .calls = {{"1", true, false}}});
  rig.land(acknowledged());
  rig.hear({.leases_elsewhere = 1, .outstanding = {outstanding_since(rig, 0)}});
  rig.close("a");
  EXPECT_EQ(rig.state(), State::unprotected);
}

TEST(EngineShared, AMuteDuringAnothersUnmuteDoesNotCount) {
  Rig rig;
  const auto opening = rig.open("a");
  auto mute = outstanding_since(rig, std::nullopt);
  mute.unmute_in_flight = true;
  rig.hear({.outstanding = {mute}});
  rig.land(acknowledged());
  EXPECT_EQ(rig.state(), State::muting);
  EXPECT_FALSE(rig.answered(opening));
  mute.unmute_in_flight = false;
  rig.hear({.outstanding = {mute}});
  EXPECT_EQ(rig.sent(), "mute mute") << "at once, so that it arrives last";
  rig.land(acknowledged());
  EXPECT_EQ(rig.state(), State::muted);
  EXPECT_EQ(rig.answer(opening), "ok");
}

TEST(EngineShared, TheMuteIsRepeatedWhileAnothersUnmuteMayStillArrive) {
  Rig rig;
  rig.open("a");
  auto mute = outstanding_since(rig, std::nullopt);
  mute.unmute_unknown_at = rig.now().steady;
  rig.hear({.outstanding = {mute}});
  rig.land(acknowledged());
  rig.pass(499);
  EXPECT_EQ(rig.sent(), "mute");
  rig.pass(1);
  EXPECT_EQ(rig.sent(), "mute mute");
}

TEST(EngineShared, AnOwnFormMakesTheProcessMuteByItself) {
  Rig rig;
  rig.hear({.leases_elsewhere = 1, .outstanding = {outstanding_since(rig, 0)}});
  rig.pass(500);
  rig.open("a");
  EXPECT_EQ(rig.state(), State::muted);
  rig.pass(1499);
  EXPECT_EQ(rig.sent(), "");
  rig.pass(1);
  EXPECT_EQ(rig.sent(), "mute") << "one interval after the other process's mute";
}

TEST(EngineShared, AnOutstandingMuteOfADeadProcessIsUnmuted) {
  Rig rig;
  rig.hear({.outstanding = {outstanding_since(rig, std::nullopt)}});
  EXPECT_EQ(rig.sent(), "unmute");
  rig.land(acknowledged());
  rig.hear({});
  EXPECT_TRUE(rig.engine.idle());
}

TEST(EngineShared, AnOutstandingMuteThatAnotherProcessHasUnmutedIsForgotten) {
  Rig rig;
  rig.open("a");
  rig.land(acknowledged());
  rig.hear({.leases_elsewhere = 1, .outstanding = {outstanding_since(rig, 0)}});
  rig.close("a");
  rig.hear({});
  EXPECT_EQ(rig.sent(), "mute");
  EXPECT_EQ(rig.state(), State::recording);
}

TEST(EngineShared, AnUnmuteThatTheStoreRefusesLeavesTheStatusMuted) {
  Rig rig;
  rig.open("a");
  rig.land(acknowledged());
  const auto closing = rig.close("a");
  ASSERT_EQ(rig.sent(), "mute unmute");
  rig.engine.not_sent(rig.sends.back().attempt, rig.now());
  rig.hear({.leases_elsewhere = 1, .outstanding = {outstanding_since(rig, 0)}});
  EXPECT_EQ(rig.state(), State::muted);
  EXPECT_EQ(rig.answer(closing), "ok");
}

TEST(EngineShared, WhenTheBrowserGoesAnotherProcessKeepsTheMute) {
  Rig rig;
  rig.open("a");
  rig.land(acknowledged());
  rig.hear({.leases_elsewhere = 1, .outstanding = {outstanding_since(rig, 0)}});
  rig.gone();
  EXPECT_TRUE(rig.engine.done(rig.now()));
  EXPECT_EQ(rig.sent(), "mute");
  EXPECT_FALSE(rig.engine.leaves_work());
}

TEST(EngineShared, AnOutstandingMuteOfAnotherTargetIsUnmuted) {
  Rig rig;
  OutstandingMute other{.target = {TargetBy::call, "123"}};
  rig.hear({.outstanding = {other}});
  ASSERT_EQ(rig.sent(), "unmute");
  EXPECT_EQ(rig.sends.back().target, other.target);
  rig.land(denied(ErrorCode::call_not_found));
  rig.hear({});
  EXPECT_TRUE(rig.engine.idle()) << "a call that is not found is over";
}

// More calls have left the extension while they were muted than the engine can follow.
TEST(EngineShared, MoreTargetsThanTheLimitAreReported) {
  Rig rig;
  Shared shared;
  for (std::size_t i = 0; i <= kMaxTargets; ++i) {
    shared.outstanding.push_back({.target = {TargetBy::call, std::to_string(i)}});
  }
  rig.hear(shared);
  ASSERT_TRUE(rig.engine.status().problem.has_value());
  EXPECT_EQ(rig.engine.status().problem->code, ErrorCode::internal);
}

TEST(EngineShared, AMuteThatAnotherProcessEndsWhileOneIsInFlightIsNotClaimed) {
  Rig rig;
  rig.open("form");
  rig.land(acknowledged());
  rig.pass(2000);
  ASSERT_EQ(rig.sent(), "mute mute");
  ASSERT_EQ(rig.state(), State::muted);
  rig.hear({});
  EXPECT_NE(rig.state(), State::muted) << "the other process has found the call over";
}

}  // namespace
}  // namespace cardmute::engine
