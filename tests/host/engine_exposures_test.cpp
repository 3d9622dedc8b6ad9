// Tests how long a form, and the first key in a card field, waited for the mute's acknowledgement.
#include "engine_rig.hpp"

namespace cardmute::engine {
namespace {

using Of = Exposure::Of;
using std::chrono::milliseconds;

std::vector<Exposure> only(const Exposure& exposure) { return {exposure}; }

class EngineExposures : public ::testing::Test {
 protected:
  EngineExposures() { rig.pass(10'000); }

  void visible(const std::string& surface, int ago_ms) {
    rig.engine.visible(surface, milliseconds(ago_ms), rig.now());
  }
  void typed(const std::string& surface, int ago_ms) {
    rig.engine.typed_card(surface, milliseconds(ago_ms), rig.now());
  }
  [[nodiscard]] Moment ago(int ms) const {
    Moment then = rig.now();
    then.steady -= milliseconds(ms);
    then.utc -= milliseconds(ms);
    return then;
  }
  std::vector<Exposure> taken() { return rig.engine.take_exposures(); }

  Rig rig;
};

TEST_F(EngineExposures, LastFromVisibleToAcknowledged) {
  rig.open("a");
  visible("a", 30);
  const Moment from = ago(30);
  EXPECT_TRUE(taken().empty()) << "it is not acknowledged yet";
  rig.pass(70);
  rig.land(acknowledged());
  EXPECT_EQ(taken(), only({Of::form, "a", from, milliseconds(100), true}));
}

TEST_F(EngineExposures, LastBeyondARejectionToTheAcknowledgement) {
  rig.open("a");
  visible("a", 0);
  const Moment from = rig.now();
  rig.pass(50);
  rig.land(denied(ErrorCode::refused, 403));
  EXPECT_TRUE(taken().empty());
  rig.pass(10'000);
  ASSERT_EQ(rig.sent(), "mute mute");
  rig.land(acknowledged());
  EXPECT_EQ(taken(), only({Of::form, "a", from, rig.now().steady - from.steady, true}));
}

TEST_F(EngineExposures, AreZeroForAFormThatBecomesVisibleWhileMuted) {
  rig.open("early");
  rig.pass(100);
  rig.land(acknowledged());
  rig.pass(200);
  EXPECT_TRUE(taken().empty()) << "it was never visible";
  visible("early", 0);
  EXPECT_EQ(taken(), only({Of::form, "early", rig.now(), Steady{}, true}));
  rig.open("second");
  visible("second", 5);
  EXPECT_EQ(taken(), only({Of::form, "second", ago(5), Steady{}, true}));
}

TEST_F(EngineExposures, EndAtAnAcknowledgementThatCameBeforeTheirReport) {
  rig.open("early");
  rig.pass(100);
  rig.land(acknowledged());
  rig.pass(10);
  visible("early", 30);
  EXPECT_EQ(taken(), only({Of::form, "early", ago(30), milliseconds(20), true}));
}

TEST_F(EngineExposures, AreCountedOnceForEachSurface) {
  rig.open("a");
  visible("a", 0);
  typed("a", 0);
  rig.land(acknowledged());
  EXPECT_EQ(taken().size(), 2U);
  rig.pass(100);
  visible("a", 0);
  typed("a", 0);
  rig.close("a");
  EXPECT_TRUE(taken().empty());
}

TEST_F(EngineExposures, OfKeystrokesBeginWithTheFirstOne) {
  rig.open("a");
  rig.pass(500);
  typed("a", 100);
  const Moment first = ago(100);
  rig.pass(200);
  typed("a", 0);
  rig.land(acknowledged());
  EXPECT_EQ(taken(), only({Of::keystroke, "a", first, milliseconds(300), true}));
}

TEST_F(EngineExposures, OfASurfaceThatEndsUnmutedAreMarked) {
  rig.open("a");
  rig.open("b");
  visible("a", 0);
  visible("b", 0);
  typed("b", 0);
  const Moment from = rig.now();
  rig.pass(300);
  rig.close("a");
  EXPECT_EQ(taken(), only({Of::form, "a", from, milliseconds(300), false}));
  rig.gone();
  const auto rest = taken();
  ASSERT_EQ(rest.size(), 2U);
  EXPECT_FALSE(rest[0].acknowledged || rest[1].acknowledged);
}

TEST_F(EngineExposures, OfAFormThatIsNotOpenAreNotMeasured) {
  visible("nobody", 10);
  typed("nobody", 10);
  rig.open("a");
  rig.land(acknowledged());
  EXPECT_TRUE(taken().empty());
}

TEST_F(EngineExposures, CauseNoRequests) {
  rig.open("a");
  const auto sent = rig.sent();
  visible("a", 10);
  typed("a", 10);
  EXPECT_TRUE(rig.engine.take_actions().empty());
  EXPECT_EQ(rig.sent(), sent);
}

}  // namespace
}  // namespace cardmute::engine
