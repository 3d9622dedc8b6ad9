// Tests muting call by call when a call is over, and when a list never comes.
#include "engine_rig.hpp"

namespace cardmute::engine {
namespace {

using engine::State;

// There is one call, and a mute for it is in flight.
class OneCall : public Rig {
 public:
  OneCall() : Rig({.target = {TargetBy::each_call, "API1API"}, .active_calls = true}) {
    engine.tick(now());
    collect();
    list(one());
    opening = open("a");
  }
  static CallList one() {
    return {.error = std::nullopt, .complete = true, .calls = {{"1", true, false}}};
  }
  Ticket opening = 0;
};

TEST(EngineCallOver, IsNotMutedAgainUntilAListNamesIt) {
  OneCall rig;
  rig.land(denied(ErrorCode::call_not_found));
  EXPECT_EQ(rig.answer(rig.opening), "call_not_found");
  while (rig.asks.size() < 2) rig.pass(kCallsInterval_ms + kCallsMargin_ms);
  EXPECT_EQ(rig.sent(), "mute");
  EXPECT_EQ(rig.engine.status().problem->code, ErrorCode::no_active_call);
  rig.list(OneCall::one());
  EXPECT_EQ(rig.sent(), "mute mute");
}

TEST(EngineCallOver, ItsUnmuteIsFinalEvenIfTheOutcomeOfTheMuteIsUnknown) {
  OneCall rig;
  rig.land(outcome_unknown());
  rig.close("a");
  ASSERT_EQ(rig.sent(), "mute unmute");
  rig.land(denied(ErrorCode::call_not_found));
  EXPECT_EQ(rig.state(), State::recording);
  EXPECT_TRUE(rig.engine.outstanding_mutes().empty());
}

TEST(EngineCallOver, ARequestThatWaitsForAListFailsIfNoListComes) {
  Rig rig({.target = {TargetBy::each_call, "API1API"}, .active_calls = true});
  rig.engine.calls_not_requested(rig.now().steady + std::chrono::hours(1));
  const auto opening = rig.open("a");
  rig.pass(kNoList_ms - 1);
  EXPECT_EQ(rig.answer(opening), "none yet");
  EXPECT_EQ(rig.state(), State::muting);
  rig.pass(1);
  EXPECT_EQ(rig.answer(opening), "timeout");
  EXPECT_EQ(rig.state(), State::unprotected);
}

}  // namespace
}  // namespace cardmute::engine
