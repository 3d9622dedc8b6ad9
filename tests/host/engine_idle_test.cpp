// Tests forgotten mutes: a form that nobody uses, and a manual mute that nobody ends.
#include "engine_rig.hpp"

namespace cardmute::engine {
namespace {

using engine::OverrideMode;
using engine::State;

constexpr int kIdle_ms = 60'000;

Settings forgetting(bool resume) {
  return {.target = {TargetBy::extension, "API1API"},
          .idle_ms = kIdle_ms,
          .resume_when_idle = resume,
          .manual_mute_ms = 2 * kIdle_ms};
}

// Lets time pass, and acknowledges every request.
void pass_quietly(Rig& rig, int ms) {
  const int until_ms = rig.now_ms + ms;
  while (rig.now_ms < until_ms) {
    rig.pass(until_ms - rig.now_ms);
    if (rig.engine.in_flight()) rig.land(acknowledged());
  }
  rig.engine.tick(rig.now());
  rig.collect();
  if (rig.engine.in_flight()) rig.land(acknowledged());
}

TEST(EngineIdle, AnUnusedFormIsReportedAndStaysMuted) {
  Rig rig(forgetting(false));
  rig.open("a");
  rig.land(acknowledged());
  pass_quietly(rig, kIdle_ms - 1);
  EXPECT_FALSE(rig.notices("form_idle"));
  pass_quietly(rig, 1);
  EXPECT_TRUE(rig.notices("form_idle"));
  EXPECT_EQ(rig.state(), State::muted);
}

TEST(EngineIdle, TypingEndsTheReminder) {
  Rig rig(forgetting(false));
  rig.open("a");
  rig.land(acknowledged());
  pass_quietly(rig, kIdle_ms);
  ASSERT_TRUE(rig.notices("form_idle"));
  rig.active("a");
  EXPECT_FALSE(rig.notices("form_idle"));
}

TEST(EngineIdle, WithResumeTheCallIsRecordedUntilSomebodyTypes) {
  Rig rig(forgetting(true));
  rig.open("a");
  rig.land(acknowledged());
  pass_quietly(rig, kIdle_ms);
  EXPECT_EQ(rig.state(), State::recording);
  ASSERT_EQ(rig.engine.leases(rig.now()).size(), 1U);
  EXPECT_TRUE(rig.engine.leases(rig.now())[0].suspended) << "other browsers need not keep it muted";
  rig.active("a");
  EXPECT_EQ(rig.sends.back().command, Command::mute);
  EXPECT_EQ(rig.state(), State::muting);
}

TEST(EngineIdle, WithResumeTheCallStaysMutedWhileSomebodyTypes) {
  Rig rig(forgetting(true));
  rig.open("a");
  rig.land(acknowledged());
  for (int i = 0; i < 5; ++i) {
    pass_quietly(rig, kIdle_ms - 1);
    rig.active("a");
  }
  EXPECT_EQ(rig.state(), State::muted);
  EXPECT_EQ(rig.sent().find("unmute"), std::string::npos);
}

TEST(EngineIdle, OneUsedFormKeepsTheMuteForAll) {
  Rig rig(forgetting(true));
  rig.open("a");
  rig.land(acknowledged());
  rig.open("b");
  pass_quietly(rig, kIdle_ms / 2);
  rig.active("b");
  pass_quietly(rig, kIdle_ms / 2);
  EXPECT_TRUE(rig.notices("form_idle"));
  EXPECT_EQ(rig.state(), State::muted);
}

TEST(EngineIdle, AForgottenManualMuteIsReportedAndThenEnds) {
  Rig rig(forgetting(false));
  rig.override_with(OverrideMode::mute);
  rig.land(acknowledged());
  pass_quietly(rig, kIdle_ms);
  EXPECT_TRUE(rig.notices("manual_mute_long"));
  EXPECT_EQ(rig.state(), State::muted);
  pass_quietly(rig, kIdle_ms);
  EXPECT_EQ(rig.engine.status().override_mode, OverrideMode::automatic);
  EXPECT_EQ(rig.state(), State::recording);
}

// Typing does not delay this notice, because a page can simulate typing forever.
TEST(EngineIdle, ALongMuteByFormsIsReportedAndContinues) {
  Settings settings = forgetting(true);
  settings.form_mute_ms = 3 * kIdle_ms;
  Rig rig(settings);
  rig.open("a");
  rig.land(acknowledged());
  for (int i = 0; i < 5; ++i) {
    pass_quietly(rig, kIdle_ms / 2);
    rig.active("a");
  }
  pass_quietly(rig, kIdle_ms / 2 - 1);
  rig.open("b");
  rig.close("a");
  EXPECT_FALSE(rig.notices("form_mute_long"));
  pass_quietly(rig, 1);
  EXPECT_TRUE(rig.notices("form_mute_long"));
  EXPECT_EQ(rig.state(), State::muted);
  EXPECT_EQ(rig.sent().find("unmute"), std::string::npos);
  rig.close("b");
  EXPECT_FALSE(rig.notices("form_mute_long"));
}

TEST(EngineIdle, AManualMuteOrOneWithoutALimitIsNotReportedAsALongMuteByForms) {
  Settings settings = forgetting(false);
  settings.form_mute_ms = kIdle_ms;
  Rig by_hand(settings);
  by_hand.override_with(OverrideMode::mute);
  by_hand.land(acknowledged());
  pass_quietly(by_hand, kIdle_ms);
  EXPECT_FALSE(by_hand.notices("form_mute_long"));
  settings.form_mute_ms = 0;
  Rig without(settings);
  without.open("a");
  without.land(acknowledged());
  pass_quietly(without, 3 * kIdle_ms);
  EXPECT_FALSE(without.notices("form_mute_long"));
}

TEST(EngineIdle, PressingMuteAgainRestartsTheTimeOfAManualMute) {
  Rig rig(forgetting(false));
  rig.override_with(OverrideMode::mute);
  rig.land(acknowledged());
  pass_quietly(rig, 2 * kIdle_ms - 1);
  rig.override_with(OverrideMode::mute);
  EXPECT_FALSE(rig.notices("manual_mute_long"));
  pass_quietly(rig, 2 * kIdle_ms - 1);
  EXPECT_EQ(rig.state(), State::muted);
}

}  // namespace
}  // namespace cardmute::engine
