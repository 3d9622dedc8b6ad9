// Tests re-assertion, the expiry of an acknowledgement, and retries.
#include <gtest/gtest.h>

#include <algorithm>
#include <utility>

#include "engine/engine.hpp"
#include "engine_rig.hpp"

namespace cardmute::engine {
namespace {

using engine::State;

// --- Re-assertion, and the expiry of an acknowledgement

TEST(Engine, MutesAgainAtEveryIntervalCountedFromTheSending) {
  Rig rig;
  rig.open("a");
  rig.now_ms = 300;
  rig.land(acknowledged());
  rig.pass(10'000);
  EXPECT_EQ(rig.sent(), "mute mute");
  EXPECT_EQ(rig.now_ms, 2000);
  EXPECT_EQ(rig.state(), State::muted);
}

TEST(Engine, SaysMutedNoLongerThanThreeIntervals) {
  Rig rig;
  rig.open("a");
  rig.land(acknowledged());
  rig.pass(10'000);  // the re-assertion is sent and never answered
  EXPECT_EQ(rig.sent(), "mute mute");
  rig.pass(3999);
  EXPECT_EQ(rig.state(), State::muted);
  rig.pass(1);
  EXPECT_EQ(rig.now_ms, 6000);
  EXPECT_EQ(rig.state(), State::unprotected);
  EXPECT_EQ(rig.engine.status().problem->code, ErrorCode::timeout);
}

TEST(Engine, ARejectionOverridesAnOlderAcknowledgement) {
  Rig rig;
  rig.open("a");
  rig.land(acknowledged());
  rig.pass(10'000);
  rig.land(denied(ErrorCode::refused, 403));
  EXPECT_EQ(rig.state(), State::unprotected);
  EXPECT_EQ(rig.engine.status().problem->code, ErrorCode::refused);
}

// Voicenter refuses a mute with an unknown ErrorCode: the call no longer counts as muted, and an
// unmute is still needed.
TEST(Engine, ARefusalWithUnknownEffectOverridesAnAcknowledgementAndNeedsAnUnmute) {
  for (const bool muted_before : {true, false}) {
    Rig rig;
    rig.open("a");
    if (muted_before) {
      rig.land(acknowledged());
      rig.pass(10'000);
    }
    Outcome unclear = denied(ErrorCode::refused);
    unclear.outcome_unknown = true;
    rig.land(unclear);
    EXPECT_EQ(rig.state(), State::unprotected);
    EXPECT_EQ(rig.engine.status().problem->code, ErrorCode::refused);
    rig.close("a");
    EXPECT_EQ(rig.sends.back().command, Command::unmute);
  }
}

TEST(Engine, ATimeoutDoesNotOverrideAnAcknowledgementButIsReported) {
  Rig rig;
  rig.open("a");
  rig.land(acknowledged());
  rig.pass(10'000);
  rig.land(outcome_unknown());
  EXPECT_EQ(rig.state(), State::muted);
  EXPECT_EQ(rig.engine.status().problem->code, ErrorCode::timeout);
  rig.pass(10'000);
  rig.land(acknowledged());
  EXPECT_EQ(rig.engine.status().problem, std::nullopt);
}

// --- retries

TEST(Engine, RetriesAMuteUntilItSucceeds) {
  Rig rig;
  rig.open("a");
  for (int i = 0; i < 20; ++i) {
    rig.land(denied(ErrorCode::unreachable, 0));
    EXPECT_EQ(rig.state(), State::unprotected);
    const int failed_at_ms = rig.now_ms;
    rig.pass(kLongestRetry_ms);
    EXPECT_EQ(rig.sends.size(), static_cast<std::size_t>(i + 2));
    EXPECT_GE(rig.now_ms - failed_at_ms, kFirstRetry_ms / 2);
  }
  rig.land(acknowledged());
  EXPECT_EQ(rig.state(), State::muted);
}

TEST(Engine, StaysUnprotectedWhileARetryIsInFlight) {
  Rig rig;
  rig.open("a");
  rig.land(outcome_unknown());
  rig.pass(kLongestRetry_ms);
  EXPECT_EQ(rig.sent(), "mute mute");
  EXPECT_EQ(rig.state(), State::unprotected);
}

TEST(Engine, RetriesAnUnmuteUntilItSucceeds) {
  Rig rig;
  rig.open("a");
  rig.land(acknowledged());
  const auto closed = rig.close("a");
  rig.land(outcome_unknown());
  EXPECT_EQ(rig.answer(closed), "timeout");
  EXPECT_EQ(rig.state(), State::unmuting);
  EXPECT_EQ(rig.engine.status().problem->code, ErrorCode::timeout);
  rig.pass(kLongestRetry_ms);
  EXPECT_EQ(rig.sent(), "mute unmute unmute");
  rig.land(acknowledged());
  EXPECT_EQ(rig.state(), State::recording);
}

TEST(Engine, GivesAnUnmuteUpWhenNoCallCanLastThatLong) {
  Rig rig;
  rig.open("a");
  rig.land(acknowledged());
  rig.close("a");
  while (rig.now_ms < kLongestCall_ms) {
    ASSERT_EQ(rig.state(), State::unmuting);
    rig.land(denied(ErrorCode::refused));
    rig.pass(60'000);
  }
  if (!rig.engine.idle()) rig.land(denied(ErrorCode::refused));
  EXPECT_EQ(rig.state(), State::recording);
  EXPECT_EQ(rig.engine.next_deadline(rig.now()), std::nullopt);
}

TEST(Engine, BacksOffWhenAskedToEvenIfAnotherFormOpens) {
  for (const int http_status : {403, 429, 500, 503}) {
    Rig rig;
    rig.open("a");
    rig.land(denied(ErrorCode::throttled, http_status));
    const int asked_ms = rig.now_ms;
    EXPECT_EQ(rig.answer(rig.open("b")), "throttled")
        << "answered at once, because nothing will be sent";
    rig.close("a");
    rig.close("b");
    const auto again = rig.open("c");
    EXPECT_EQ(rig.answer(again), "throttled");
    EXPECT_EQ(rig.state(), State::unprotected);
    EXPECT_EQ(rig.sent(), "mute");
    rig.pass(kFirstWait_ms);
    EXPECT_EQ(rig.sent(), "mute mute");
    EXPECT_GE(rig.now_ms - asked_ms, kFirstWait_ms / 2);
  }
}

TEST(Engine, WaitsAsLongAsTheServerAsksUpToALimit) {
  for (const auto& [asked_ms, longest_ms] :
       {std::pair{5000, 5000 + kPauseSpread_ms}, std::pair{600'000, kLongestWait_ms}}) {
    Rig rig;
    rig.open("a");
    auto throttled = denied(ErrorCode::throttled, 429);
    throttled.retry_after_ms = asked_ms;
    rig.land(throttled);
    rig.pass(1'000'000);
    EXPECT_GE(rig.now_ms, std::min(asked_ms, kLongestWait_ms - kPauseSpread_ms));
    EXPECT_LE(rig.now_ms, longest_ms);
  }
}

TEST(Engine, WaitsGrowToTheirLimitAndNoFurther) {
  Rig rig;
  rig.open("a");
  int longest_ms = 0;
  for (int i = 0; i < 40; ++i) {
    const int failed_at_ms = rig.now_ms;
    rig.land(denied(ErrorCode::bad_answer, 503));
    rig.pass(1'000'000);
    longest_ms = std::max(longest_ms, rig.now_ms - failed_at_ms);
  }
  EXPECT_LE(longest_ms, kLongestWait_ms);
  EXPECT_GT(longest_ms, kLongestWait_ms / 2);
}

TEST(Engine, ANewFormIsMutedAtOnceAfterANetworkFailure) {
  Rig rig;
  rig.open("a");
  rig.land(denied(ErrorCode::unreachable, 0));
  rig.close("a");
  const auto opened = rig.open("b");
  EXPECT_EQ(rig.sent(), "mute mute");
  EXPECT_EQ(rig.state(), State::muting);
  EXPECT_EQ(rig.answer(opened), "none yet");
}

TEST(Engine, TheWaitsOfARejectedUnmuteGrowToo) {
  Rig rig;
  rig.open("a");
  rig.land(acknowledged());
  rig.close("a");
  int longest_ms = 0;
  for (int i = 0; i < 20; ++i) {
    const int denied_at_ms = rig.now_ms;
    rig.land(denied(ErrorCode::refused));
    rig.pass(1'000'000);
    longest_ms = std::max(longest_ms, rig.now_ms - denied_at_ms);
  }
  EXPECT_GT(longest_ms, kLongestWait_ms / 2);
}

TEST(Engine, RepeatsAnUnmuteThatAMuteWithAnUnknownOutcomeMayOvertake) {
  Rig rig;
  rig.open("a");
  rig.land(outcome_unknown());
  const auto closed = rig.close("a");
  rig.land(acknowledged());
  EXPECT_EQ(rig.answer(closed), "ok");
  EXPECT_EQ(rig.state(), State::unmuting) << "the mute may yet be carried out";
  while (!rig.engine.idle()) {
    rig.pass(kUnknownRepeat_ms);
    rig.land(acknowledged());
  }
  EXPECT_GE(rig.now_ms, kUnknownOutcome_ms);
  EXPECT_LE(rig.now_ms, kUnknownOutcome_ms + kUnknownRepeat_ms);
  EXPECT_EQ(rig.state(), State::recording);
}

TEST(Engine, RepeatsAMuteThatAnUnmuteWithAnUnknownOutcomeMayOvertake) {
  Rig rig;
  rig.open("a");
  rig.land(acknowledged());
  rig.close("a");
  rig.open("b");
  rig.land(outcome_unknown());
  rig.land(acknowledged());
  EXPECT_EQ(rig.state(), State::muted);
  const int muted_at_ms = rig.now_ms;
  rig.pass(10'000);
  EXPECT_EQ(rig.now_ms - muted_at_ms, kUnknownRepeat_ms);
}

TEST(Engine, GivesAnUnmuteUpWhenTheExtensionStaysUnknown) {
  Rig rig;
  rig.open("a");
  rig.land(acknowledged());
  rig.close("a");
  while (!rig.engine.idle()) {
    rig.land(denied(ErrorCode::extension_not_found));
    rig.pass(60'000);
  }
  EXPECT_GE(rig.now_ms, kDeniedUnmute_ms);
  EXPECT_LE(rig.now_ms, kDeniedUnmute_ms + kLongestWait_ms + 60'000);
}

TEST(Engine, TheMuteOfACallThatIsNotFoundIsOver) {
  Rig rig;
  rig.open("a");
  rig.land(acknowledged());
  const auto closed = rig.close("a");
  rig.land(denied(ErrorCode::call_not_found));
  EXPECT_EQ(rig.answer(closed), "ok");
  EXPECT_EQ(rig.state(), State::recording);
}

TEST(Engine, SaysWhyTheMuteFailedWhileANewConfigurationIsTried) {
  Rig rig;
  rig.open("a");
  rig.land(outcome_unknown(ErrorCode::unreachable));
  rig.engine.configure(Settings{.target = {TargetBy::extension, "API1API"}}, rig.now());
  rig.collect();
  EXPECT_EQ(rig.sent(), "mute mute") << "tried at once";
  EXPECT_EQ(rig.state(), State::unprotected);
  ASSERT_TRUE(rig.engine.status().problem);
  EXPECT_EQ(rig.engine.status().problem->code, ErrorCode::unreachable);
  rig.land(acknowledged());
  EXPECT_EQ(rig.state(), State::muted);
  EXPECT_FALSE(rig.engine.status().problem);
}

TEST(Engine, AnAcknowledgementExpiresWhileTheMachineSleeps) {
  Rig rig;
  rig.open("a");
  rig.land(acknowledged());
  Moment after_sleep = rig.now();
  after_sleep.utc += std::chrono::hours(1);  // the steady clock stops during sleep
  rig.engine.tick(after_sleep);
  rig.collect();
  EXPECT_EQ(rig.state(), State::unprotected);
  EXPECT_EQ(rig.sent(), "mute mute") << "tried at once";
}

}  // namespace
}  // namespace cardmute::engine
