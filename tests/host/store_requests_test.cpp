// Tests requests of several processes: which process may unmute, which acknowledgements count, and
// when no mute is outstanding. If an outcome is unknown, the mute wins.
#include <gtest/gtest.h>

#include "store_rig.hpp"

namespace cardmute::store {
namespace {

const Target kCall{TargetBy::call, "2026112110000000001"};

class StoreRequests : public ::testing::Test {
 protected:
  void SetUp() override {
    one = rig.host(kOne);
    two = rig.host(kTwo, kChromium);
  }
  RequestId begin(Store& store, Command command, const Target& target = kExtension) {
    rig.pass(1);
    const Begun begun = store.begin(command, target, rig.now);
    EXPECT_TRUE(begun.may_send);
    EXPECT_NE(begun.request, 0);
    return begun.request;
  }
  Shared end(Store& store, RequestId request, const engine::Outcome& outcome) {
    rig.pass(1);
    return store.end(request, outcome, true, outcome.acknowledged(), rig.now);
  }
  Shared mute(Store& store, const engine::Outcome& outcome = acknowledged()) {
    return end(store, begin(store, Command::mute), outcome);
  }
  void hold(Store& store, bool suspended = false) const {
    store.acquire({"a", "https://crm.example.com", "cc-number", suspended}, rig.now);
  }

  Rig rig;
  std::unique_ptr<Store> one;
  std::unique_ptr<Store> two;
};

TEST_F(StoreRequests, AcknowledgedMuteIsKnownToAllWithTheTimeWhenItWasSent) {
  const RequestId request = begin(*one, Command::mute);
  const Moment asked = rig.now;
  EXPECT_EQ(rig.look(*two).outstanding,
            (std::vector<engine::OutstandingMute>{{kExtension, {}, false, {}}}));
  end(*one, request, acknowledged());
  const std::vector<engine::OutstandingMute> acknowledged_mute{{kExtension, asked, false, {}}};
  EXPECT_EQ(rig.look(*two).outstanding, acknowledged_mute);
  EXPECT_EQ(rig.look(*one).outstanding, acknowledged_mute);
  EXPECT_TRUE(end(*two, begin(*two, Command::unmute), acknowledged()).outstanding.empty());
  EXPECT_TRUE(rig.look(*one).outstanding.empty());
}

TEST_F(StoreRequests, AcknowledgementThatDoesNotCountLeavesAnOutstandingMute) {
  const RequestId request = begin(*one, Command::mute);
  const Shared shared = one->end(request, acknowledged(), /*counts=*/false, false, rig.now);
  EXPECT_EQ(shared.outstanding,
            (std::vector<engine::OutstandingMute>{{kExtension, {}, false, {}}}));
}

TEST_F(StoreRequests, UnmuteIsRefusedWhileALeaseLivesAnywhere) {
  mute(*one);
  hold(*one);
  const Begun refused = two->begin(Command::unmute, kExtension, rig.now);
  EXPECT_FALSE(refused.may_send);
  EXPECT_FALSE(refused.other_unmute) << "the reason is the lease";
  EXPECT_FALSE(one->begin(Command::unmute, kExtension, rig.now).may_send);
  EXPECT_EQ(rig.ask("SELECT count(*) FROM flight"), "0");
  EXPECT_NE(rig.look(*one).outstanding.at(0).acknowledged_at, std::nullopt) << "nothing was sent";
  hold(*one, /*suspended=*/true);
  EXPECT_TRUE(two->begin(Command::unmute, kExtension, rig.now).may_send);
}

TEST_F(StoreRequests, UnmuteIsRefusedWithinTheGraceOfTheDead) {
  hold(*one);
  rig.look(*two);
  rig.die(kOne);
  EXPECT_FALSE(two->begin(Command::unmute, kExtension, rig.now).may_send) << "not found dead yet";
  rig.look_later(*two);
  rig.pass(2999);
  EXPECT_FALSE(two->begin(Command::unmute, kExtension, rig.now).may_send);
  rig.pass(1);
  rig.look(*two);
  EXPECT_TRUE(two->begin(Command::unmute, kExtension, rig.now).may_send);
}

TEST_F(StoreRequests, UnmuteOfACallThatLeftTheExtensionIsNotRefusedForAForm) {
  hold(*one);
  EXPECT_TRUE(two->begin(Command::unmute, kCall, rig.now, false).may_send);
}

TEST_F(StoreRequests, OnlyOneOfTwoProcessesSendsTheUnmute) {
  mute(*one);
  const RequestId first = begin(*one, Command::unmute);
  const Begun second = two->begin(Command::unmute, kExtension, rig.now);
  EXPECT_FALSE(second.may_send);
  EXPECT_TRUE(second.other_unmute);
  ASSERT_EQ(second.shared.outstanding.size(), 1U);
  EXPECT_TRUE(second.shared.outstanding[0].unmute_in_flight);
  EXPECT_TRUE(two->begin(Command::unmute, kCall, rig.now, false).may_send) << "another target";
  end(*one, first, acknowledged());
  EXPECT_TRUE(rig.look(*two).outstanding.empty());
  EXPECT_TRUE(two->begin(Command::unmute, kExtension, rig.now).may_send);
}

TEST_F(StoreRequests, UnmuteEndsEveryAcknowledgementWhenItIsSent) {
  mute(*one);
  begin(*two, Command::unmute);
  EXPECT_EQ(
      rig.look(*one).outstanding,
      (std::vector<engine::OutstandingMute>{{kExtension, {}, /*unmute_in_flight=*/true, {}}}));
}

TEST_F(StoreRequests, MuteDuringAnothersUnmuteDoesNotCount) {
  mute(*one);
  const RequestId unmute = begin(*two, Command::unmute);
  const RequestId during = begin(*one, Command::mute);
  EXPECT_EQ(end(*one, during, acknowledged()).outstanding.at(0).acknowledged_at, std::nullopt);
  const RequestId across = begin(*one, Command::mute);
  end(*two, unmute, acknowledged());
  EXPECT_EQ(end(*one, across, acknowledged()).outstanding.at(0).acknowledged_at, std::nullopt);
  EXPECT_NE(mute(*one).outstanding.at(0).acknowledged_at, std::nullopt);
}

TEST_F(StoreRequests, MuteDuringWhichAnothersUnmuteBeganAndEndedDoesNotCount) {
  const RequestId mute_request = begin(*one, Command::mute);
  end(*two, begin(*two, Command::unmute), denied());
  EXPECT_EQ(end(*one, mute_request, acknowledged()).outstanding.at(0).acknowledged_at,
            std::nullopt);
}

// A call can be muted by its own ID and by its extension: so an unmute by hand concerns all
// targets.
TEST_F(StoreRequests, NoMuteThatBeganBeforeAnUnmuteByHandHadEndedCounts) {
  const auto hand = rig.host(kThree, kChromium, kByHand);
  hold(*one);
  mute(*one);
  const RequestId before = begin(*two, Command::mute, kCall);
  rig.pass(1);
  const Begun unmute = hand->begin_unmute_by_hand(kExtension, rig.now);
  EXPECT_TRUE(unmute.may_send) << "even while a form is open";
  const auto of_call = [&] {
    const auto all = rig.look(*two).outstanding;
    const auto found = std::ranges::find(all, kCall, &engine::OutstandingMute::target);
    return found == all.end() ? engine::OutstandingMute{} : *found;
  };
  EXPECT_TRUE(of_call().own_mute_overtaken);
  EXPECT_TRUE(of_call().unmute_in_flight);
  const auto acknowledgements = [&](const Shared& shared) {
    return std::ranges::count_if(shared.outstanding,
                                 [](const auto& each) { return each.acknowledged_at.has_value(); });
  };
  EXPECT_EQ(acknowledgements(end(*two, before, acknowledged())), 0);
  const RequestId during = begin(*two, Command::mute, kCall);
  end(*hand, unmute.request, acknowledged());
  EXPECT_TRUE(of_call().own_mute_overtaken) << "although the unmute has ended";
  EXPECT_EQ(acknowledgements(end(*two, during, acknowledged())), 0);
  EXPECT_EQ(acknowledgements(end(*two, begin(*two, Command::mute, kCall), acknowledged())), 1);
}

TEST_F(StoreRequests, UnmuteByHandBesideAnotherUnmuteIsKnownToAll) {
  const auto hand = rig.host(kThree, kChromium, kByHand);
  mute(*one);
  const RequestId first = begin(*two, Command::unmute);
  const Begun unmute = hand->begin_unmute_by_hand(kExtension, rig.now);
  EXPECT_NE(unmute.request, 0);
  end(*two, first, denied());
  EXPECT_TRUE(rig.look(*one).outstanding.at(0).unmute_in_flight) << "the one by hand";
  EXPECT_EQ(mute(*one).outstanding.at(0).acknowledged_at, std::nullopt);
  end(*hand, unmute.request, outcome_unknown());
  EXPECT_NE(rig.look(*one).outstanding.at(0).unmute_unknown_at, std::nullopt);
}

TEST_F(StoreRequests, UnmuteThatSettlesKeepsTheOutstandingMuteOfARequestInFlight) {
  mute(*one);
  const RequestId unmute = begin(*two, Command::unmute);
  const RequestId mute_request = begin(*one, Command::mute);
  EXPECT_EQ(end(*two, unmute, acknowledged()).outstanding.size(), 1U);
  end(*one, mute_request, denied());
  EXPECT_EQ(end(*two, begin(*two, Command::unmute), acknowledged()).outstanding.size(), 0U);
}

TEST_F(StoreRequests, UnmuteThatSettlesKeepsTheOutstandingMuteOfARequestThatEndedMeanwhile) {
  mute(*one);
  const RequestId unmute = begin(*two, Command::unmute);
  mute(*one);
  EXPECT_EQ(end(*two, unmute, acknowledged()).outstanding,
            (std::vector<engine::OutstandingMute>{{kExtension, {}, false, {}}}));
}

TEST_F(StoreRequests, UnmuteThatSettlesKeepsTheOutstandingMuteOfAnUnknownOutcome) {
  mute(*one, outcome_unknown());
  EXPECT_EQ(end(*two, begin(*two, Command::unmute), acknowledged()).outstanding.size(), 1U);
  rig.pass(kUnknownOutcome_ms);
  EXPECT_EQ(rig.look(*two).outstanding.size(), 1U) << "nobody knows, so another unmute is sent";
  EXPECT_TRUE(end(*two, begin(*two, Command::unmute), acknowledged()).outstanding.empty());
}

TEST_F(StoreRequests, UnmuteThatFailsKeepsTheOutstandingMuteUnacknowledged) {
  mute(*one);
  EXPECT_EQ(end(*two, begin(*two, Command::unmute), denied()).outstanding,
            (std::vector<engine::OutstandingMute>{{kExtension, {}, false, {}}}));
}

TEST_F(StoreRequests, RejectedMuteClearsTheOutstandingMuteThatItCreated) {
  EXPECT_TRUE(mute(*one, denied()).outstanding.empty());
  mute(*two);
  EXPECT_EQ(mute(*one, denied()).outstanding.size(), 1U) << "the other process's";
}

TEST_F(StoreRequests, RejectedMuteKeepsTheOutstandingMuteOfOthersInFlight) {
  const RequestId first = begin(*one, Command::mute);
  const RequestId second = begin(*two, Command::mute);
  EXPECT_EQ(end(*one, first, denied()).outstanding.size(), 1U);
  EXPECT_TRUE(end(*two, second, denied()).outstanding.empty()) << "all were rejected";
  const RequestId third = begin(*one, Command::mute);
  const RequestId fourth = begin(*two, Command::mute);
  end(*two, fourth, acknowledged());
  EXPECT_EQ(end(*one, third, denied()).outstanding.size(), 1U);
}

TEST_F(StoreRequests, RejectedMuteKeepsAnEarlierOutstandingMute) {
  const RequestId request = begin(*one, Command::mute);
  two->add_outstanding_mute(kExtension, rig.now);
  EXPECT_EQ(end(*one, request, denied()).outstanding.size(), 1U);
  EXPECT_TRUE(one->remove_outstanding_mute(kExtension, rig.now).outstanding.empty());
}

TEST_F(StoreRequests, UnmuteWithAnUnknownOutcomeIsKnownToTheOthersForALimitedTime) {
  mute(*one);
  const RequestId request = begin(*two, Command::unmute);
  const engine::Steady asked = rig.now.steady;
  EXPECT_EQ(end(*two, request, outcome_unknown()).outstanding,
            (std::vector<engine::OutstandingMute>{{kExtension, {}, false, {}}}));
  EXPECT_EQ(rig.look(*one).outstanding,
            (std::vector<engine::OutstandingMute>{{kExtension, {}, false, asked}}));
  rig.now.steady = asked + std::chrono::milliseconds(kUnknownOutcome_ms - 1);
  EXPECT_EQ(rig.look(*one).outstanding.at(0).unmute_unknown_at, asked);
  rig.pass(1);
  EXPECT_EQ(rig.look(*one).outstanding.at(0).unmute_unknown_at, std::nullopt);
  EXPECT_EQ(rig.ask("SELECT count(*) FROM flight"), "0");
}

TEST_F(StoreRequests, OutcomesOfDeadProcessesAreUnknown) {
  mute(*one);
  begin(*two, Command::unmute);
  const engine::Steady asked = rig.now.steady;
  rig.look(*one);
  rig.die(kTwo);
  const Shared shared = rig.look_later(*one);
  EXPECT_EQ(shared.outstanding,
            (std::vector<engine::OutstandingMute>{{kExtension, {}, false, asked}}));
  const Entry entry = rig.ledger().back();
  EXPECT_EQ(entry.kind, EntryKind::request);
  EXPECT_EQ(entry.command, "unmute");
  EXPECT_EQ(entry.target, kExtension);
  EXPECT_EQ(entry.outcome, "unknown");
  EXPECT_TRUE(one->begin(Command::unmute, kExtension, rig.now).may_send);
}

TEST_F(StoreRequests, MuteOfADeadProcessStaysOutstanding) {
  begin(*two, Command::mute);
  const RequestId own = begin(*one, Command::mute);
  rig.die(kTwo);
  EXPECT_EQ(rig.look_later(*one).outstanding.size(), 1U);
  EXPECT_EQ(end(*one, own, denied()).outstanding.size(), 1U);
}

TEST_F(StoreRequests, UnmuteOfAHangingProcessDoesNotBlockTheOthersForGood) {
  mute(*one);
  const RequestId forgotten = begin(*two, Command::unmute);
  rig.pass(39'999);
  EXPECT_FALSE(one->begin(Command::unmute, kExtension, rig.now).may_send);
  rig.pass(1);
  EXPECT_FALSE(rig.look(*one).outstanding.at(0).unmute_in_flight);
  const Begun begun = one->begin(Command::unmute, kExtension, rig.now);
  EXPECT_TRUE(begun.may_send);
  mute(*one);
  EXPECT_EQ(two->end(forgotten, acknowledged(), true, true, rig.now).outstanding.size(), 1U)
      << "a mute was sent after it";
}

}  // namespace
}  // namespace cardmute::store
