// Tests the start and the end of a host: without a configuration, and when the browser goes away.
#include <gtest/gtest.h>

#include "engine/engine.hpp"
#include "engine_rig.hpp"

namespace cardmute::engine {
namespace {

using engine::OverrideMode;
using engine::State;

// --- without a configuration

TEST(Engine, KeepsLeasesWithoutAConfigurationAndMutesOnceItIsCorrected) {
  Engine engine(1, {});
  engine.no_configuration("file: key: missing", {});
  engine.open(1, "a", {});
  auto actions = engine.take_actions();
  ASSERT_EQ(actions.size(), 1U);
  EXPECT_EQ(std::get<Answer>(actions[0]).error->code, ErrorCode::config_invalid);
  EXPECT_EQ(engine.status().state, State::unprotected);
  engine.configure(Settings{.target = {TargetBy::extension, "API1API"}}, {});
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

TEST(Engine, AcceptsACorrectedConfigurationIfNoMuteWasAcknowledged) {
  Rig rig;
  rig.open("a");
  rig.land(outcome_unknown(ErrorCode::bad_answer));
  EXPECT_TRUE(rig.engine.may_be_configured());
  rig.engine.configure(Settings{.target = {TargetBy::extension, "other"}}, rig.now());
  rig.collect();
  EXPECT_EQ(rig.sent(), "mute mute") << "at once, not after the back-off";
  rig.land(acknowledged());
  EXPECT_FALSE(rig.engine.may_be_configured())
      << "this mute must be ended with the configuration that sent it";
  rig.close("a");
  rig.land(acknowledged());
  EXPECT_TRUE(rig.engine.may_be_configured());
}

TEST(Engine, HasNoDeadlineWithoutAConfiguration) {
  Engine engine(1, {});
  engine.no_configuration("file: key: missing", {});
  engine.open(1, "a", {});
  engine.close(2, "a", {});
  EXPECT_EQ(engine.next_deadline({}), std::nullopt);
}

// --- The browser goes away

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

TEST(Engine, IsDoneAtOnceIfNoMuteIsOutstanding) {
  Rig rig;
  rig.gone();
  EXPECT_TRUE(rig.engine.done(rig.now()));
}

TEST(Engine, CancelsAMuteInFlightSoThatTheUnmuteCanBeSent) {
  Rig rig;
  rig.open("a");
  rig.gone();
  rig.pass(kFarewellMute_ms);
  ASSERT_EQ(rig.cancels.size(), 1U);
  EXPECT_EQ(rig.now_ms, kFarewellMute_ms);
  rig.land(outcome_unknown());
  EXPECT_EQ(rig.sent(), "mute unmute");
  EXPECT_EQ(rig.sends.back().timeout_ms, kFarewellAttempt_ms);
}

TEST(Engine, RetriesTheLastUnmuteAndEndsInTime) {
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

TEST(Engine, LeavesTimeForAnotherUnmuteIfOneIsNotAnswered) {
  Rig rig;
  rig.open("a");
  rig.land(acknowledged());
  rig.gone();
  rig.now_ms += rig.sends.back().timeout_ms;
  rig.land(outcome_unknown());
  rig.pass(kFarewellRetry_ms);
  EXPECT_EQ(rig.sent(), "mute unmute unmute");
}

TEST(Engine, StaysMutedIfThatIsThePolicy) {
  const Settings stay{.target = {TargetBy::extension, "API1API"},
                      .resume_when_browser_gone = false};
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
  EXPECT_EQ(closed.sent(), "mute unmute")
      << "the form was closed before, so the call must be unmuted";
}

}  // namespace
}  // namespace cardmute::engine
