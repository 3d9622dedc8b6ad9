// The rules of the engine, each with the case that breaks when it is taken out.
#include "engine/engine.hpp"

#include <gtest/gtest.h>

#include "engine_rig.hpp"

namespace cardmute::engine {
namespace {

using protocol::OverrideMode;
using protocol::State;

// --- the main job

TEST(Engine, MutesWhenAFormOpensAndUnmutesWhenItCloses) {
  Rig rig;
  EXPECT_EQ(rig.state(), State::recording);
  const auto opened = rig.open("a");
  EXPECT_EQ(rig.state(), State::muting);
  EXPECT_EQ(rig.answer(opened), "none yet");
  rig.land(acknowledged());
  EXPECT_EQ(rig.state(), State::muted);
  EXPECT_EQ(rig.answer(opened), "ok");

  const auto closed = rig.close("a");
  EXPECT_EQ(rig.state(), State::unmuting);
  EXPECT_EQ(rig.answer(closed), "none yet");
  rig.land(acknowledged());
  EXPECT_EQ(rig.state(), State::recording);
  EXPECT_EQ(rig.answer(closed), "ok");
  EXPECT_EQ(rig.sent(), "mute unmute");
  EXPECT_TRUE(rig.engine.idle());
}

TEST(Engine, TellsSinceWhenAndWhatWasAnswered) {
  Rig rig;
  rig.open("a");
  rig.now_ms = 40;
  rig.land(acknowledged());
  const auto& status = rig.engine.status();
  EXPECT_EQ(status.since, rig.now().utc);
  ASSERT_TRUE(status.last.has_value());
  EXPECT_EQ(status.last->request, "mute");
  EXPECT_EQ(status.last->message, "Success");
  EXPECT_EQ(status.last->at, rig.now().utc);
}

// --- rules 1 and 2: leases

TEST(Engine, TheLastSurfaceToCloseUnmutes) {
  Rig rig;
  rig.open("a");
  rig.land(acknowledged());
  EXPECT_EQ(rig.answer(rig.open("b")), "ok");
  EXPECT_EQ(rig.answer(rig.close("a")), "ok");
  EXPECT_EQ(rig.sent(), "mute");
  rig.close("b");
  EXPECT_EQ(rig.sent(), "mute unmute");
}

TEST(Engine, OpeningTheSameSurfaceAgainIsOneLease) {
  Rig rig;
  rig.open("a");
  rig.land(acknowledged());
  EXPECT_EQ(rig.answer(rig.open("a")), "ok");
  rig.close("a");
  EXPECT_EQ(rig.sent(), "mute unmute");
}

TEST(Engine, ClosingWhatIsNotOpenIsAnsweredAtOnce) {
  Rig rig;
  EXPECT_EQ(rig.answer(rig.close("never")), "ok");
  rig.open("a");
  rig.land(acknowledged());
  rig.close("a");
  EXPECT_EQ(rig.answer(rig.close("a")), "ok");
  EXPECT_EQ(rig.sent(), "mute unmute");
}

TEST(Engine, MuteWinsOverAnUnmuteThatIsInFlight) {
  Rig rig;
  rig.open("a");
  rig.land(acknowledged());
  const auto closed = rig.close("a");
  const auto opened = rig.open("b");
  EXPECT_EQ(rig.state(), State::muting) << "an unmute is out: nothing is held";
  EXPECT_EQ(rig.answer(closed), "ok") << "the close no longer causes an unmute to wait for";
  EXPECT_EQ(rig.answer(opened), "none yet");
  rig.land(acknowledged());
  EXPECT_EQ(rig.sent(), "mute unmute mute");
  EXPECT_EQ(rig.state(), State::muting);
  rig.land(acknowledged());
  EXPECT_EQ(rig.state(), State::muted);
  EXPECT_EQ(rig.answer(opened), "ok");
}

TEST(Engine, MuteWinsOverAnUnmuteInDoubt) {
  Rig rig;
  rig.open("a");
  rig.land(acknowledged());
  rig.close("a");
  rig.open("b");
  rig.land(in_doubt());
  EXPECT_EQ(rig.sent(), "mute unmute mute");
}

// --- rule 3: one in flight, and what doubt means

TEST(Engine, SendsOneRequestAtATime) {
  Rig rig;
  rig.open("a");
  rig.open("b");
  rig.close("a");
  rig.close("b");
  EXPECT_EQ(rig.sent(), "mute");
  rig.land(acknowledged());
  EXPECT_EQ(rig.sent(), "mute unmute");
}

TEST(Engine, AMuteInDoubtIsNotMutedAndIsOwedAnUnmute) {
  Rig rig;
  const auto opened = rig.open("a");
  rig.land(in_doubt());
  EXPECT_EQ(rig.state(), State::unprotected);
  EXPECT_EQ(rig.answer(opened), "timeout");
  rig.close("a");
  EXPECT_EQ(rig.sent(), "mute unmute");
  EXPECT_EQ(rig.state(), State::unmuting);
}

TEST(Engine, AMuteThatWasCertainlyNotDoneIsOwedNothing) {
  Rig rig;
  rig.open("a");
  rig.land(denied(ErrorCode::extension_not_found));
  EXPECT_EQ(rig.answer(rig.close("a")), "ok");
  EXPECT_EQ(rig.sent(), "mute");
  EXPECT_EQ(rig.state(), State::recording);
  EXPECT_EQ(rig.engine.status().problem, std::nullopt);
}

TEST(Engine, ADenialAfterAnAcknowledgementStillOwesAnUnmute) {
  Rig rig;
  rig.open("a");
  rig.land(acknowledged());
  rig.pass(2000);
  rig.land(denied(ErrorCode::extension_not_found));
  rig.close("a");
  EXPECT_EQ(rig.sent(), "mute mute unmute");
}

// --- rule 4: re-assertion and the age of an acknowledgement

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
  rig.pass(10'000);  // the re-assertion goes out and is never answered
  EXPECT_EQ(rig.sent(), "mute mute");
  rig.pass(3999);
  EXPECT_EQ(rig.state(), State::muted);
  rig.pass(1);
  EXPECT_EQ(rig.now_ms, 6000);
  EXPECT_EQ(rig.state(), State::unprotected);
  EXPECT_EQ(rig.engine.status().problem->code, ErrorCode::timeout);
}

TEST(Engine, AnAnswerThatDeniesOutweighsAnOlderAcknowledgement) {
  Rig rig;
  rig.open("a");
  rig.land(acknowledged());
  rig.pass(10'000);
  rig.land(denied(ErrorCode::refused, 403));
  EXPECT_EQ(rig.state(), State::unprotected);
  EXPECT_EQ(rig.engine.status().problem->code, ErrorCode::refused);
}

TEST(Engine, SilenceDoesNotOutweighAnAcknowledgementButIsTold) {
  Rig rig;
  rig.open("a");
  rig.land(acknowledged());
  rig.pass(10'000);
  rig.land(in_doubt());
  EXPECT_EQ(rig.state(), State::muted);
  EXPECT_EQ(rig.engine.status().problem->code, ErrorCode::timeout);
  rig.pass(10'000);
  rig.land(acknowledged());
  EXPECT_EQ(rig.engine.status().problem, std::nullopt);
}

// --- rules 4 and 5: retries

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

TEST(Engine, StaysUnprotectedWhileARetryIsOut) {
  Rig rig;
  rig.open("a");
  rig.land(in_doubt());
  rig.pass(kLongestRetry_ms);
  EXPECT_EQ(rig.sent(), "mute mute");
  EXPECT_EQ(rig.state(), State::unprotected);
}

TEST(Engine, RetriesAnUnmuteUntilItSucceeds) {
  Rig rig;
  rig.open("a");
  rig.land(acknowledged());
  const auto closed = rig.close("a");
  rig.land(in_doubt());
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
    rig.land(denied(ErrorCode::extension_not_found));
    rig.pass(60'000);
  }
  if (!rig.engine.idle()) rig.land(denied(ErrorCode::extension_not_found));
  EXPECT_EQ(rig.state(), State::recording);
  EXPECT_EQ(rig.engine.next_deadline(), std::nullopt);
}

TEST(Engine, BacksOffWhenAskedToAndNobodyJumpsTheQueue) {
  for (const int http_status : {403, 429, 500, 503}) {
    Rig rig;
    rig.open("a");
    rig.land(denied(ErrorCode::throttled, http_status));
    const int asked_ms = rig.now_ms;
    EXPECT_EQ(rig.answer(rig.open("b")), "throttled") << "answered at once: nothing will be sent";
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

TEST(Engine, WaitsAsLongAsTheServerAsksWithinItsLimit) {
  for (const auto& [asked_ms, waited_ms] : {std::pair{5000, 5000}, std::pair{600'000, 30'000}}) {
    Rig rig;
    rig.open("a");
    auto throttled = denied(ErrorCode::throttled, 429);
    throttled.retry_after_ms = asked_ms;
    rig.land(throttled);
    rig.pass(1'000'000);
    EXPECT_EQ(rig.now_ms, waited_ms);
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

TEST(Engine, ANewWishIsTriedAtOnceAfterTroubleOnTheWay) {
  Rig rig;
  rig.open("a");
  rig.land(denied(ErrorCode::unreachable, 0));
  rig.close("a");
  const auto opened = rig.open("b");
  EXPECT_EQ(rig.sent(), "mute mute");
  EXPECT_EQ(rig.state(), State::muting);
  EXPECT_EQ(rig.answer(opened), "none yet");
}

// --- the agent's override

TEST(Engine, MutesByHandWithoutAForm) {
  Rig rig;
  const auto muted = rig.override_with(OverrideMode::mute);
  rig.land(acknowledged());
  EXPECT_EQ(rig.answer(muted), "ok");
  EXPECT_EQ(rig.state(), State::muted);
  rig.open("a");
  rig.close("a");
  EXPECT_EQ(rig.sent(), "mute") << "the manual mute is a lease of its own";
  rig.override_with(OverrideMode::automatic);
  EXPECT_EQ(rig.sent(), "mute unmute");
}

TEST(Engine, RefusesToRecordOverAnOpenForm) {
  Rig rig;
  rig.open("a");
  rig.land(acknowledged());
  EXPECT_EQ(rig.answer(rig.override_with(OverrideMode::record)), "override_refused");
  EXPECT_EQ(rig.state(), State::muted);
  EXPECT_EQ(rig.engine.status().override_mode, OverrideMode::automatic);
}

TEST(Engine, RecordsOverAFormWhereThePolicyAllowsItUntilTheNextForm) {
  Rig rig(Settings{{"extension", "API1API"}, 2000, 2000, true, true});
  rig.open("a");
  rig.land(acknowledged());
  const auto recorded = rig.override_with(OverrideMode::record);
  rig.land(acknowledged());
  EXPECT_EQ(rig.answer(recorded), "ok");
  EXPECT_EQ(rig.state(), State::recording);
  rig.open("b");
  EXPECT_EQ(rig.sent(), "mute unmute mute");
  EXPECT_EQ(rig.engine.status().override_mode, OverrideMode::automatic);
}

TEST(Engine, AnOverrideToRecordEndsWithTheForm) {
  Rig rig(Settings{{"extension", "API1API"}, 2000, 2000, true, true});
  rig.open("a");
  rig.land(acknowledged());
  rig.override_with(OverrideMode::record);
  rig.land(acknowledged());
  rig.close("a");
  EXPECT_EQ(rig.engine.status().override_mode, OverrideMode::automatic);
}

// --- without a configuration

TEST(Engine, KeepsLeasesWithoutAConfigurationAndMutesOnceItIsMended) {
  Engine engine(1, {});
  engine.no_configuration("file: key: missing", {});
  engine.open(1, "a", {});
  auto actions = engine.take_actions();
  ASSERT_EQ(actions.size(), 1U);
  EXPECT_EQ(std::get<Answer>(actions[0]).error->code, ErrorCode::config_invalid);
  EXPECT_EQ(engine.status().state, State::unprotected);
  engine.configure(Settings{{"extension", "API1API"}, 2000, 2000, false, true}, {});
  actions = engine.take_actions();
  ASSERT_EQ(actions.size(), 1U);
  EXPECT_EQ(std::get<Send>(actions[0]).command, Command::mute);
  EXPECT_EQ(engine.status().state, State::muting);
  EXPECT_EQ(engine.status().problem, std::nullopt);
}

TEST(Engine, AnswersEveryRequestWithTheReasonWhileThereIsNoConfiguration) {
  Engine engine(1, {});
  engine.no_configuration("file: key: missing", {});
  engine.open(1, "a", {});
  engine.open(2, "b", {});
  engine.close(3, "a", {});
  engine.close(4, "never", {});
  engine.override_with(5, OverrideMode::mute, {});
  engine.override_with(6, OverrideMode::record, {});
  const auto actions = engine.take_actions();
  ASSERT_EQ(actions.size(), 6U);
  for (const auto& action : actions) {
    const auto& error = std::get<Answer>(action).error;
    ASSERT_TRUE(error.has_value());
    EXPECT_EQ(error->code, ErrorCode::config_invalid);
    EXPECT_EQ(error->message, "file: key: missing");
  }
}

// --- the browser goes

TEST(Engine, UnmutesWhenTheBrowserGoes) {
  Rig rig;
  rig.open("a");
  rig.land(acknowledged());
  rig.gone();
  EXPECT_EQ(rig.sent(), "mute unmute");
  EXPECT_LE(rig.sends.back().timeout_ms, kFarewell_ms);
  EXPECT_FALSE(rig.engine.done(rig.now()));
  rig.land(acknowledged());
  EXPECT_TRUE(rig.engine.done(rig.now()));
}

TEST(Engine, IsDoneAtOnceWhenNothingIsOwed) {
  Rig rig;
  rig.gone();
  EXPECT_TRUE(rig.engine.done(rig.now()));
}

TEST(Engine, GivesUpAMuteThatIsStillOutSoThatTheUnmuteCanGo) {
  Rig rig;
  rig.open("a");
  rig.gone();
  rig.pass(kFarewellMute_ms);
  ASSERT_EQ(rig.cancels.size(), 1U);
  EXPECT_EQ(rig.now_ms, kFarewellMute_ms);
  rig.land(in_doubt());
  EXPECT_EQ(rig.sent(), "mute unmute");
  EXPECT_EQ(rig.sends.back().timeout_ms, kFarewell_ms - kFarewellMute_ms);
}

TEST(Engine, TriesTheFarewellAgainAndIsGoneInTime) {
  Rig rig;
  rig.open("a");
  rig.land(acknowledged());
  rig.gone();
  while (!rig.engine.done(rig.now())) {
    rig.land(denied(ErrorCode::unreachable, 0));
    rig.pass(kFarewell_ms);
  }
  EXPECT_EQ(rig.now_ms, kFarewell_ms);
  EXPECT_GE(rig.sends.size(), 10U);
}

TEST(Engine, StaysMutedWhereThatIsThePolicy) {
  const Settings stay{{"extension", "API1API"}, 2000, 2000, false, false};
  Rig rig(stay);
  rig.open("a");
  rig.land(acknowledged());
  rig.gone();
  EXPECT_EQ(rig.sent(), "mute");
  EXPECT_TRUE(rig.engine.done(rig.now()));

  Rig closed(stay);
  closed.open("a");
  closed.land(acknowledged());
  closed.close("a");
  closed.gone();
  EXPECT_EQ(closed.sent(), "mute unmute") << "the form was closed before: this unmute is owed";
}

// --- rule 9: limits

TEST(Engine, HasALimitOfSurfaces) {
  Rig rig;
  for (std::size_t i = 0; i < kMaxSurfaces; ++i) rig.open(std::to_string(i));
  EXPECT_EQ(rig.answer(rig.open("one more")), "bad_request");
  EXPECT_EQ(rig.engine.status().surfaces, kMaxSurfaces);
}

TEST(Engine, HasALimitOfWaitingRequests) {
  Rig rig;
  for (std::size_t i = 0; i < kMaxWaiting; ++i) rig.open("a");
  EXPECT_EQ(rig.answer(rig.open("a")), "bad_request");
  rig.land(acknowledged());
  EXPECT_EQ(rig.answer(1), "ok");
}

}  // namespace
}  // namespace cardmute::engine
