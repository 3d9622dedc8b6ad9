// Tests muting and unmuting for a form, and the rules about leases, requests in flight, overrides
// and limits.
#include "engine/engine.hpp"

#include <gtest/gtest.h>

#include "engine_rig.hpp"

namespace cardmute::engine {
namespace {

using engine::OverrideMode;
using engine::State;

// --- The main job

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

TEST(Engine, TheStatusHasItsTimeAndTheLastAnswer) {
  Rig rig;
  rig.open("a");
  rig.now_ms = 40;
  rig.land(acknowledged());
  const auto& status = rig.engine.status();
  EXPECT_EQ(status.since, rig.now().utc);
  ASSERT_TRUE(status.last.has_value());
  EXPECT_EQ(status.last->request, Command::mute);
  EXPECT_EQ(status.last->message, "Success");
  EXPECT_EQ(status.last->at, rig.now().utc);
}

// --- leases

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
  EXPECT_EQ(rig.state(), State::muting) << "an unmute is in flight";
  EXPECT_EQ(rig.answer(closed), "ok")
      << "there is no unmute any more that the close could wait for";
  EXPECT_EQ(rig.answer(opened), "none yet");
  rig.land(acknowledged());
  EXPECT_EQ(rig.sent(), "mute unmute mute");
  EXPECT_EQ(rig.state(), State::muting);
  rig.land(acknowledged());
  EXPECT_EQ(rig.state(), State::muted);
  EXPECT_EQ(rig.answer(opened), "ok");
}

TEST(Engine, MuteWinsOverAnUnmuteWithAnUnknownOutcome) {
  Rig rig;
  rig.open("a");
  rig.land(acknowledged());
  rig.close("a");
  rig.open("b");
  rig.land(outcome_unknown());
  EXPECT_EQ(rig.sent(), "mute unmute mute");
}

// --- One request in flight, and unknown outcomes

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

TEST(Engine, AMuteWithAnUnknownOutcomeIsUnprotectedAndNeedsAnUnmute) {
  Rig rig;
  const auto opened = rig.open("a");
  rig.land(outcome_unknown());
  EXPECT_EQ(rig.state(), State::unprotected);
  EXPECT_EQ(rig.answer(opened), "timeout");
  rig.close("a");
  EXPECT_EQ(rig.sent(), "mute unmute");
  EXPECT_EQ(rig.state(), State::unmuting);
}

TEST(Engine, ARejectedMuteNeedsNoUnmute) {
  Rig rig;
  rig.open("a");
  rig.land(denied(ErrorCode::extension_not_found));
  EXPECT_EQ(rig.answer(rig.close("a")), "ok");
  EXPECT_EQ(rig.sent(), "mute");
  EXPECT_EQ(rig.state(), State::recording);
  EXPECT_EQ(rig.engine.status().problem, std::nullopt);
}

TEST(Engine, ARejectionAfterAnAcknowledgementStillNeedsAnUnmute) {
  Rig rig;
  rig.open("a");
  rig.land(acknowledged());
  rig.pass(2000);
  rig.land(denied(ErrorCode::extension_not_found));
  rig.close("a");
  EXPECT_EQ(rig.sent(), "mute mute unmute");
}

// --- The agent's override

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
  Rig rig(Settings{.target = {TargetBy::extension, "API1API"}, .allow_record_override = true});
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
  Rig rig(Settings{.target = {TargetBy::extension, "API1API"}, .allow_record_override = true});
  rig.open("a");
  rig.land(acknowledged());
  rig.override_with(OverrideMode::record);
  rig.land(acknowledged());
  rig.close("a");
  EXPECT_EQ(rig.engine.status().override_mode, OverrideMode::automatic);
}

// --- limits

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
