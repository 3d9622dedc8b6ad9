// Tests the list of active calls: verification, new calls, transferred calls, and muting call by
// call.
#include "engine_rig.hpp"

namespace cardmute::engine {
namespace {

using engine::State;

Settings reading_back(TargetBy by = TargetBy::extension) {
  return {.target = {by, "API1API"}, .active_calls = true};
}

CallList calls(std::vector<ListedCall> listed) {
  return {.error = std::nullopt, .complete = true, .calls = std::move(listed)};
}
CallList no_list() {
  return {.error = Error{ErrorCode::unreachable, "…"}, .complete = false, .calls = {}};
}
ListedCall call(const char* ivrid, bool muted) { return {ivrid, true, muted}; }

// A form is open, the mute is acknowledged, and the first list is requested.
class Open : public Rig {
 public:
  explicit Open(TargetBy by = TargetBy::extension) : Rig(reading_back(by)) {
    open("a");
    land(acknowledged());
    pass(kVerifyAfter_ms);
  }
};

TEST(EngineCalls, TheListIsRequestedAfterTheMuteAndThenEveryFiveSeconds) {
  Rig rig(reading_back());
  EXPECT_TRUE(rig.asks.empty());
  rig.open("a");
  EXPECT_TRUE(rig.asks.empty()) << "the mute comes first";
  rig.land(acknowledged());
  rig.pass(kVerifyAfter_ms);
  EXPECT_EQ(rig.asks.size(), 1U);
  rig.list(calls({call("1", true)}));
  const int asked_ms = rig.now_ms;
  while (rig.asks.size() < 2) {
    rig.pass(100);
    if (rig.engine.in_flight()) rig.land(acknowledged());
    ASSERT_LE(rig.now_ms, asked_ms + kCallsInterval_ms + kCallsMargin_ms + 100);
  }
  EXPECT_GE(rig.now_ms, asked_ms + kCallsInterval_ms + kCallsMargin_ms);
}

TEST(EngineCalls, TheMuteIsVerifiedIfEveryCallIsMuted) {
  Open rig;
  rig.list(calls({call("1", true), call("2", true), {"3", false, false}}));
  EXPECT_EQ(rig.engine.status().verified, true);
  EXPECT_EQ(rig.state(), State::muted);
}

TEST(EngineCalls, AnAcknowledgedMuteThatTheListContradictsIsUnprotectedAtOnce) {
  Open rig;
  rig.list(calls({call("1", true), call("2", false)}));
  EXPECT_EQ(rig.engine.status().verified, false);
  EXPECT_EQ(rig.state(), State::unprotected);
  EXPECT_EQ(rig.engine.status().problem->code, ErrorCode::verification_failed);
  EXPECT_EQ(rig.sent(), "mute mute") << "repeated at once";
  rig.land(acknowledged());
  EXPECT_EQ(rig.state(), State::unprotected) << "another acknowledgement does not change that";
}

TEST(EngineCalls, OnlyAListEndsAFailedVerification) {
  Open rig;
  rig.list(calls({call("1", false)}));
  rig.land(acknowledged());
  while (rig.asks.size() < 2) {
    rig.pass(kCallsInterval_ms + kCallsMargin_ms);
    if (rig.engine.in_flight()) rig.land(acknowledged());
  }
  rig.list(no_list());
  EXPECT_EQ(rig.state(), State::unprotected) << "without a list, the alarm continues";
  while (rig.asks.size() < 3) {
    rig.pass(kCallsInterval_ms + kCallsMargin_ms);
    if (rig.engine.in_flight()) rig.land(acknowledged());
  }
  rig.list(calls({call("1", true)}));
  EXPECT_EQ(rig.state(), State::muted);
  EXPECT_EQ(rig.engine.status().verified, true);
}

TEST(EngineCalls, AnIncompleteListSaysNothing) {
  Open rig;
  rig.list({.error = std::nullopt, .complete = false, .calls = {}});
  EXPECT_EQ(rig.engine.status().verified, std::nullopt);
  EXPECT_EQ(rig.state(), State::muted);
  EXPECT_TRUE(rig.outstanding.empty());
}

TEST(EngineCalls, ANewCallIsMutedWithoutWaitingForTheNextInterval) {
  Rig rig(
      {.target = {TargetBy::extension, "API1API"}, .reassert_ms = 60'000, .active_calls = true});
  rig.open("a");
  rig.land(acknowledged());
  rig.pass(kVerifyAfter_ms);
  rig.list(calls({call("1", true)}));
  rig.pass(kCallsInterval_ms + kCallsMargin_ms);
  rig.list(calls({call("1", true), call("2", false)}));
  EXPECT_EQ(rig.sent(), "mute mute");
  EXPECT_EQ(rig.state(), State::muting);
  rig.land(acknowledged());
  EXPECT_EQ(rig.state(), State::muted);
}

TEST(EngineCalls, ACallThatLeftWhileMutedIsUnmutedByItsIvrid) {
  Open rig;
  rig.list(calls({call("1", true), call("2", true)}));
  rig.pass(kCallsInterval_ms + kCallsMargin_ms);
  while (rig.asks.size() < 2) {
    if (rig.engine.in_flight()) rig.land(acknowledged());
    rig.pass(kCallsInterval_ms + kCallsMargin_ms);
  }
  if (rig.engine.in_flight()) rig.land(acknowledged());
  rig.list(calls({call("2", true)}));
  EXPECT_EQ(rig.outstanding, std::vector<std::string>{"1"});
  EXPECT_EQ(rig.sends.back().command, Command::unmute);
  EXPECT_EQ(rig.sends.back().target, (engine::Target{TargetBy::call, "1"}));
  EXPECT_EQ(rig.state(), State::muted);
}

TEST(EngineCalls, TheUnmuteOfACallThatLeftDoesNotAnswerTheRequestToUnmuteTheExtension) {
  Open rig;
  rig.list(calls({call("1", true)}));
  while (rig.asks.size() < 2) {
    rig.pass(kCallsInterval_ms + kCallsMargin_ms);
    if (rig.engine.in_flight()) rig.land(acknowledged());
  }
  rig.list(calls({}));
  const auto of_the_call = rig.sends.back();
  ASSERT_EQ(of_the_call.target.by, TargetBy::call);
  const auto closing = rig.close("a");
  rig.engine.finished(of_the_call.attempt, acknowledged(), rig.now());
  rig.collect();
  EXPECT_FALSE(rig.answered(closing));
  rig.land(acknowledged());
  EXPECT_EQ(rig.answer(closing), "ok");
}

TEST(EngineCalls, AfterTheUnmuteCallsThatMayHaveLeftAreLookedFor) {
  Open rig;
  rig.list(calls({call("1", true)}));
  rig.close("a");
  rig.land(acknowledged());
  EXPECT_EQ(rig.state(), State::recording);
  rig.pass(kCallsInterval_ms + kCallsMargin_ms);
  ASSERT_EQ(rig.asks.size(), 2U);
  rig.list(calls({}));
  EXPECT_EQ(rig.sends.back().target, (engine::Target{TargetBy::call, "1"}));
  rig.land(denied(ErrorCode::call_not_found));
  EXPECT_TRUE(rig.engine.idle());
}

TEST(EngineCalls, AfterTheUnmuteTheListIsRequestedALimitedNumberOfTimes) {
  Open rig;
  rig.list(calls({call("1", true)}));
  rig.close("a");
  rig.land(acknowledged());
  for (int asked = 0; asked < kUnanswered_requests; ++asked) {
    EXPECT_TRUE(rig.outstanding.empty());
    rig.pass(kCallsInterval_ms + kCallsMargin_ms);
    rig.list(no_list());
  }
  EXPECT_EQ(rig.outstanding, std::vector<std::string>{"1"});
}

TEST(EngineCalls, AfterAChangeOfTheConfigurationTheListIsRequestedAgain) {
  Open rig;
  ASSERT_EQ(rig.asks.size(), 1U);
  rig.engine.configure(reading_back(), rig.now());
  rig.collect();
  EXPECT_FALSE(rig.engine.listed(rig.asks.back().attempt, calls({}), rig.now()));
  while (rig.asks.size() < 2) {
    rig.pass(kCallsInterval_ms + kCallsMargin_ms);
    if (rig.engine.in_flight()) rig.land(acknowledged());
    ASSERT_LT(rig.now_ms, 3 * kCallsInterval_ms);
  }
}

TEST(EngineCalls, AManualMuteEndsWithItsCall) {
  Rig rig(reading_back());
  rig.override_with(engine::OverrideMode::mute);
  rig.land(acknowledged());
  rig.pass(kVerifyAfter_ms);
  rig.list(calls({call("1", true)}));
  while (rig.asks.size() < 2) {
    rig.pass(kCallsInterval_ms + kCallsMargin_ms);
    if (rig.engine.in_flight()) rig.land(acknowledged());
  }
  rig.list(calls({}));
  EXPECT_EQ(rig.engine.status().override_mode, engine::OverrideMode::automatic);
  EXPECT_EQ(rig.sends.at(rig.sends.size() - 2).command, Command::unmute);
}

TEST(EngineCalls, AListThatAnotherProcessReceivedCounts) {
  Rig rig(reading_back());
  rig.open("a");
  rig.land(acknowledged());
  rig.pass(10);
  Shared shared;
  shared.outstanding = {{.target = {TargetBy::extension, "API1API"}, .acknowledged_at = rig.now()}};
  shared.calls = KnownCalls{rig.now().steady, calls({call("1", false)})};
  rig.hear(shared);
  EXPECT_EQ(rig.state(), State::unprotected);
  EXPECT_EQ(rig.engine.status().verified, false);
}

TEST(EngineCalls, AListFromBeforeTheMuteSaysNothingAboutIt) {
  Rig rig(reading_back());
  Shared shared;
  shared.calls = KnownCalls{rig.now().steady, calls({call("1", false)})};
  rig.pass(10);
  rig.open("a");
  rig.land(acknowledged());
  shared.outstanding = {{.target = {TargetBy::extension, "API1API"}, .acknowledged_at = rig.now()}};
  rig.hear(shared);
  EXPECT_EQ(rig.state(), State::muted);
  EXPECT_EQ(rig.engine.status().verified, std::nullopt);
}

TEST(EngineCalls, ByCallEachCallIsMutedAndTheReplyWaitsForAll) {
  Rig rig(reading_back(TargetBy::each_call));
  rig.pass(0);
  rig.engine.tick(rig.now());
  rig.collect();
  rig.list(calls({call("1", false), call("2", false), {"3", false, false}}));
  const auto opening = rig.open("a");
  ASSERT_EQ(rig.sent(), "mute mute");
  EXPECT_EQ(rig.sends[0].target, (engine::Target{TargetBy::call, "1"}));
  EXPECT_EQ(rig.sends[1].target, (engine::Target{TargetBy::call, "2"}));
  rig.engine.finished(rig.sends[0].attempt, acknowledged(), rig.now());
  rig.collect();
  EXPECT_FALSE(rig.answered(opening));
  EXPECT_EQ(rig.state(), State::muting);
  rig.engine.finished(rig.sends[1].attempt, acknowledged(), rig.now());
  rig.collect();
  EXPECT_EQ(rig.answer(opening), "ok");
  EXPECT_EQ(rig.state(), State::muted);
}

TEST(EngineCalls, ByCallNothingIsLeftAfterTheUnmuteOfAVerifiedMute) {
  Rig rig(reading_back(TargetBy::each_call));
  rig.engine.tick(rig.now());
  rig.collect();
  rig.list(calls({call("1", false)}));
  rig.open("a");
  rig.land(acknowledged());
  while (rig.asks.empty()) {
    rig.pass(500);
    if (rig.engine.in_flight()) rig.land(acknowledged());
  }
  rig.list(calls({call("1", true)}));
  rig.close("a");
  rig.land(acknowledged());
  EXPECT_EQ(rig.state(), State::recording);
  EXPECT_TRUE(rig.engine.idle());
}

TEST(EngineCalls, ByCallWithoutACallIsUnprotectedAndSaysWhy) {
  Rig rig(reading_back(TargetBy::each_call));
  rig.engine.tick(rig.now());
  rig.collect();
  rig.list(calls({}));
  const auto opening = rig.open("a");
  EXPECT_EQ(rig.answer(opening), "no_active_call");
  EXPECT_EQ(rig.state(), State::unprotected);
}

TEST(EngineCalls, ByCallAListThatIsTooOldIsUnprotected) {
  Rig rig(reading_back(TargetBy::each_call));
  rig.engine.tick(rig.now());
  rig.collect();
  rig.list(calls({call("1", false)}));
  rig.open("a");
  rig.land(acknowledged());
  ASSERT_EQ(rig.state(), State::muted);
  while (rig.now_ms < kListStale_ms) {
    rig.pass(500);
    if (rig.engine.in_flight()) rig.land(acknowledged());
    if (!rig.asks.empty()) rig.list(no_list());
  }
  EXPECT_EQ(rig.state(), State::unprotected);
}

}  // namespace
}  // namespace cardmute::engine
