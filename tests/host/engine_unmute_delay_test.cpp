// Tests a page that opens and closes its form repeatedly: only the unmute is delayed.
#include <vector>

#include "engine_rig.hpp"

namespace cardmute::engine {
namespace {

// Opens and closes a form, and acknowledges every request.
void cycle(Rig& rig) {
  rig.open("a");
  if (rig.engine.in_flight()) rig.land(acknowledged());
  rig.close("a");
  if (rig.engine.in_flight()) rig.land(acknowledged());
}

// Runs as many cycles as are possible without a delay.
void cycles_before_delay(Rig& rig) {
  for (std::size_t i = 0; i < kCyclesBeforeDelay; ++i) {
    cycle(rig);
    ASSERT_EQ(rig.state(), State::recording);
  }
}

// Advances the time until the unmute is sent, and acknowledges repeated mutes. Returns when it was
// sent, in ms; -1 if it was not sent within twice the longest delay.
int unmuted_at(Rig& rig) {
  const int until_ms = rig.now_ms + 2 * kLongestUnmuteDelay_ms;
  while (rig.now_ms < until_ms) {
    rig.pass(until_ms - rig.now_ms);
    if (!rig.engine.in_flight()) continue;
    if (rig.sends.back().command == Command::unmute) return rig.now_ms;
    rig.land(acknowledged());
  }
  return -1;
}

TEST(EngineUnmuteDelay, TheUnmuteAfterFiveCyclesIsDelayedAndReported) {
  Rig rig;
  cycles_before_delay(rig);
  rig.open("a");
  rig.land(acknowledged());
  const auto closed = rig.close("a");
  EXPECT_EQ(rig.answer(closed), "ok") << "the close does not wait for a delayed unmute";
  EXPECT_FALSE(rig.engine.in_flight());
  EXPECT_EQ(rig.state(), State::muted) << "the call is still muted";
  EXPECT_TRUE(rig.notices("unmute_delayed"));
  ASSERT_EQ(rig.engine.leases(rig.now()).size(), 1U) << "so that other processes do not unmute";
  EXPECT_EQ(rig.engine.leases(rig.now())[0].of, Engine::Lease::Of::unmute_delay);
  const int closed_ms = rig.now_ms;
  EXPECT_EQ(unmuted_at(rig), closed_ms + kFirstUnmuteDelay_ms);
  EXPECT_FALSE(rig.notices("unmute_delayed"));
  EXPECT_EQ(rig.state(), State::unmuting);
  rig.land(acknowledged());
  EXPECT_EQ(rig.state(), State::recording);
  EXPECT_TRUE(rig.engine.leases(rig.now()).empty());
  EXPECT_EQ(rig.unmute_delays, 1);
}

TEST(EngineUnmuteDelay, GrowsToItsLimitAndEndsWithTheWindow) {
  Rig rig;
  cycles_before_delay(rig);
  for (const int delay_ms : {250, 500, 1000, 2000, 3000, 3000, 3000}) {
    cycle(rig);
    const int closed_ms = rig.now_ms;
    ASSERT_EQ(unmuted_at(rig), closed_ms + delay_ms);
    rig.land(acknowledged());
  }
  rig.now_ms += kCycleWindow_ms;
  cycle(rig);
  EXPECT_EQ(rig.state(), State::recording);
  EXPECT_EQ(rig.unmute_delays, 1);
}

TEST(EngineUnmuteDelay, AMuteIsNeverDelayedAndAFormInTheDelayNeedsNoRequest) {
  Rig rig;
  cycles_before_delay(rig);
  rig.open("a");
  EXPECT_TRUE(rig.engine.in_flight()) << "the mute goes out at once";
  rig.land(acknowledged());
  rig.close("a");
  const auto sends = rig.sends.size();
  for (int i = 0; i < 100; ++i) cycle(rig);
  EXPECT_EQ(rig.sends.size(), sends);
  EXPECT_EQ(rig.answer(rig.open("b")), "ok") << "the mute is still held";
  EXPECT_FALSE(rig.notices("unmute_delayed"));
  EXPECT_EQ(rig.unmute_delays, 1) << "once, not for each cycle";
}

// The form opens and closes every 300 ms for 150 s; every request is answered at once.
TEST(EngineUnmuteDelay, APageThatFlapsForEverCausesRepeatedMutesOnly) {
  Rig rig;
  cycles_before_delay(rig);
  const auto before = rig.sends.size();
  constexpr int kFlap_ms = 150;
  constexpr int kFlaps = 1000;
  for (int i = 0; i < kFlaps; ++i) {
    if (i % 2 == 0) rig.open("a");
    if (i % 2 == 1) rig.close("a");
    if (rig.engine.in_flight()) rig.land(acknowledged());
    rig.pass(kFlap_ms);
    if (rig.engine.in_flight()) rig.land(acknowledged());
  }
  const auto sent = rig.sends.size() - before;
  const auto repeated = static_cast<std::size_t>(kFlaps * kFlap_ms / 2000);
  EXPECT_LE(sent, repeated + 2);
  EXPECT_EQ(rig.sent().substr(rig.sent().size() - 4), "mute");
}

TEST(EngineUnmuteDelay, FiveCyclesInMoreThanTheWindowCauseNoDelay) {
  Rig rig;
  for (int i = 0; i < 20; ++i) {
    cycle(rig);
    EXPECT_EQ(rig.state(), State::recording);
    rig.now_ms += kCycleWindow_ms / static_cast<int>(kCyclesBeforeDelay);
  }
  EXPECT_EQ(rig.unmute_delays, 0);
}

TEST(EngineUnmuteDelay, APersonsRequestIsNotDelayedAndEndsTheDelay) {
  for (const auto mode : {OverrideMode::automatic, OverrideMode::record}) {
    Rig rig;
    cycles_before_delay(rig);
    rig.open("a");
    rig.land(acknowledged());
    rig.close("a");
    ASSERT_EQ(rig.state(), State::muted);
    const auto pressed = rig.override_with(mode);
    EXPECT_EQ(rig.sends.back().command, Command::unmute) << name_of(mode);
    EXPECT_EQ(rig.answer(pressed), "none yet");
    rig.land(acknowledged());
    EXPECT_EQ(rig.answer(pressed), "ok");
    EXPECT_EQ(rig.state(), State::recording);
    rig.open("b");
    rig.land(acknowledged());
    rig.close("b");
    EXPECT_EQ(rig.state(), State::unmuting) << "the count of cycles has restarted";
  }
}

TEST(EngineUnmuteDelay, ManualMutesAreNotCycles) {
  Rig rig;
  for (std::size_t i = 0; i < 3 * kCyclesBeforeDelay; ++i) {
    rig.override_with(OverrideMode::mute);
    rig.land(acknowledged());
    rig.override_with(OverrideMode::automatic);
    ASSERT_EQ(rig.sends.back().command, Command::unmute);
    rig.land(acknowledged());
  }
  EXPECT_EQ(rig.unmute_delays, 0);
}

TEST(EngineUnmuteDelay, ABrowserThatGoesEndsTheDelay) {
  Rig rig;
  cycles_before_delay(rig);
  rig.open("a");
  rig.land(acknowledged());
  rig.close("a");
  rig.gone();
  EXPECT_EQ(rig.sends.back().command, Command::unmute);
  EXPECT_TRUE(rig.engine.leases(rig.now()).empty());
}

// The call is recorded and no form is open, so the state is neither unprotected nor muted.
TEST(EngineUnmuteDelay, AMuteThatIsLostDuringTheDelayIsNoAlarm) {
  Rig rig;
  cycles_before_delay(rig);
  rig.open("a");
  rig.land(acknowledged());
  for (int i = 0; i < 10; ++i) cycle(rig);
  rig.pass(kLongestUnmuteDelay_ms - 1);
  ASSERT_TRUE(rig.engine.in_flight());
  rig.land(denied(ErrorCode::extension_not_found));
  EXPECT_EQ(rig.state(), State::unmuting);
  EXPECT_FALSE(rig.engine.status().problem.has_value());
  rig.open("b");
  EXPECT_EQ(rig.state(), State::unprotected);
}

TEST(EngineUnmuteDelay, AMuteThatAnotherBrowserWantsIsNotACycle) {
  Rig rig;
  rig.hear({.leases_elsewhere = 1});
  for (std::size_t i = 0; i < 3 * kCyclesBeforeDelay; ++i) {
    rig.open("a");
    rig.close("a");
  }
  EXPECT_EQ(rig.unmute_delays, 0);
}

}  // namespace
}  // namespace cardmute::engine
