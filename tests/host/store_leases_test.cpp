// Tests leases of several processes: which of them want the mute, which are taken over, and what
// happens when their process or browser has gone.
#include <gtest/gtest.h>

#include "store_rig.hpp"

namespace cardmute::store {
namespace {

class StoreLeases : public ::testing::Test {
 protected:
  Shared hold(Store& store, const std::string& surface, bool suspended = false) const {
    return store.acquire({surface, "https://crm.example.com", "autocomplete", suspended}, rig.now);
  }
  // Adds an outstanding mute like one that a dead process has left behind.
  void leave_a_mute(Store& store) const { store.add_outstanding_mute(kExtension, rig.now); }

  Rig rig;
};

TEST_F(StoreLeases, AreSeenByTheOtherUntilTheLastIsReleased) {
  const auto one = rig.host(kOne);
  const auto two = rig.host(kTwo, kChromium);
  EXPECT_EQ(hold(*one, "a").leases_elsewhere, 0U);
  EXPECT_EQ(rig.look(*two).leases_elsewhere, 1U);
  EXPECT_TRUE(rig.look(*two).held_by_the_living);
  hold(*one, "b");
  EXPECT_EQ(hold(*two, "c").leases_elsewhere, 2U);
  EXPECT_EQ(rig.look(*one).leases_elsewhere, 1U);
  one->release("a", "hidden", rig.now);
  EXPECT_EQ(rig.look(*two).leases_elsewhere, 1U);
  one->release("b", "hidden", rig.now);
  EXPECT_EQ(rig.look(*two).leases_elsewhere, 0U);
  EXPECT_EQ(two->release("unknown", "hidden", rig.now).leases_elsewhere, 0U);
  EXPECT_TRUE(rig.look(*two).works);
  EXPECT_EQ(rig.kinds(), "surface_open surface_open surface_open surface_close surface_close");
}

TEST_F(StoreLeases, ThatAreSuspendedDoNotCount) {
  const auto one = rig.host(kOne);
  const auto two = rig.host(kTwo, kChromium);
  hold(*one, "a");
  EXPECT_EQ(rig.look(*two).leases_elsewhere, 1U);
  hold(*one, "a", true);
  EXPECT_EQ(rig.look(*two).leases_elsewhere, 0U);
  hold(*one, "a", false);
  EXPECT_EQ(rig.look(*two).leases_elsewhere, 1U);
  EXPECT_EQ(rig.kinds(), "surface_open");
}

TEST_F(StoreLeases, AreTakenOverWithinTheirGraceByTheSameBrowser) {
  const auto one = rig.host(kOne);
  hold(*one, "a");
  rig.die(kOne);
  const auto two = rig.host(kTwo);
  hold(*two, "a");
  rig.pass(60'000);
  EXPECT_EQ(rig.look(*two).leases_elsewhere, 0U);
  EXPECT_EQ(rig.ask("SELECT count(*) FROM lease"), "1");
  EXPECT_EQ(rig.ask("SELECT count(*) FROM host"), "1");
  const auto ledger = rig.ledger();
  ASSERT_EQ(ledger.size(), 3U);
  EXPECT_EQ(ledger[1].kind, EntryKind::surface_lost);
  EXPECT_EQ(ledger[2].kind, EntryKind::surface_open);
  EXPECT_EQ(ledger[2].detail, "taken over");
}

TEST_F(StoreLeases, AreTakenOverFromAPredecessorNobodyHasFoundDeadYet) {
  const auto two = rig.host(kTwo);
  rig.look(*two);
  const auto one = rig.host(kOne);
  hold(*one, "a");
  rig.die(kOne);
  hold(*two, "b");
  EXPECT_EQ(hold(*two, "a").leases_elsewhere, 0U);
}

TEST_F(StoreLeases, AreTakenOverFromAPredecessorThatLivesWithoutItsBrowser) {
  const auto one = rig.host(kOne);
  hold(*one, "a");
  one->orphan(rig.now);
  const auto two = rig.host(kTwo);
  EXPECT_EQ(hold(*two, "a").leases_elsewhere, 0U);
}

TEST_F(StoreLeases, AreNotTakenOverByAnotherBrowserOrFromTheLiving) {
  const auto one = rig.host(kOne);
  hold(*one, "a");
  const auto same_browser = rig.host({"boot", 3, 30});
  EXPECT_EQ(hold(*same_browser, "a").leases_elsewhere, 1U) << "its owner lives";
  rig.die(kOne);
  const auto two = rig.host(kTwo, kChromium);
  EXPECT_EQ(hold(*two, "a").leases_elsewhere, 2U);
}

TEST_F(StoreLeases, OfTheDeadLastForTheGraceBySteadyTimeWhateverTheCalendarSays) {
  const auto one = rig.host(kOne);
  const auto two = rig.host(kTwo, kChromium);
  hold(*one, "a");
  rig.look(*two);
  rig.die(kOne);
  EXPECT_EQ(rig.look(*two).leases_elsewhere, 1U);
  EXPECT_EQ(rig.kinds(), "surface_open") << "other processes are checked only at intervals";
  const Shared found = rig.look_later(*two);
  EXPECT_EQ(found.leases_elsewhere, 1U);
  EXPECT_EQ(found.look_again_at, rig.now.steady + std::chrono::milliseconds(3000));
  EXPECT_EQ(rig.kinds(), "surface_open surface_lost");
  rig.now.utc += std::chrono::hours(24);
  EXPECT_EQ(rig.look(*two).leases_elsewhere, 1U);
  rig.now.utc -= std::chrono::hours(48);
  rig.pass(2999);
  EXPECT_EQ(rig.look(*two).leases_elsewhere, 1U);
  rig.pass(1);
  const Shared over = rig.look(*two);
  EXPECT_EQ(over.leases_elsewhere, 0U);
  EXPECT_EQ(over.look_again_at, std::nullopt);
  EXPECT_EQ(rig.kinds(), "surface_open surface_lost surface_settled");
  EXPECT_EQ(rig.ask("SELECT count(*) FROM host"), "0");
}

TEST_F(StoreLeases, OfADeadProcessWhosePidIsUsedAgainAreOrphans) {
  const auto one = rig.host(kOne);
  const auto two = rig.host(kTwo, kChromium);
  hold(*one, "a");
  rig.look(*two);
  rig.die(kOne);
  rig.alive.push_back({"boot", kOne.pid, 999});
  rig.look_later(*two);
  EXPECT_EQ(rig.kinds(), "surface_open surface_lost");
}

TEST_F(StoreLeases, OfAnEarlierBootAreOverAtOnce) {
  const platform::ProcessIdentity before{"earlier boot", 2, 20};
  {
    const auto one = rig.host(before, {"earlier boot", 100, 1});
    hold(*one, "a");
    const Begun mute = one->begin(Command::mute, kExtension, rig.now);
    one->end(mute.request, acknowledged(), true, false, rig.now);
    one->begin(Command::mute, kExtension, rig.now);
  }
  // In the new boot the clock starts again, and a process with this PID and start time is alive.
  // The leases are over nevertheless.
  rig.now.steady = std::chrono::seconds(5);
  const auto two = rig.host(kTwo, kChromium);
  const Shared shared = rig.look(*two);
  EXPECT_EQ(shared.leases_elsewhere, 0U);
  ASSERT_EQ(shared.outstanding.size(), 1U) << "the call may still be muted";
  EXPECT_EQ(shared.outstanding[0].acknowledged_at, std::nullopt);
  EXPECT_EQ(rig.kinds(), "surface_open request surface_lost request surface_settled");
  EXPECT_EQ(rig.ask("SELECT count(*) FROM flight"), "0");
}

TEST_F(StoreLeases, OfAGoneBrowserAreOrphansAndSettleInTheSameProcess) {
  const auto one = rig.host(kOne);
  const auto two = rig.host(kTwo, kChromium);
  hold(*one, "a");
  const Shared orphaned = one->orphan(rig.now);
  EXPECT_EQ(orphaned.leases_elsewhere, 1U) << "no process owns it any more";
  EXPECT_EQ(orphaned.look_again_at, rig.now.steady + std::chrono::milliseconds(3000));
  EXPECT_EQ(rig.look(*two).leases_elsewhere, 1U);
  EXPECT_FALSE(one->begin(Command::unmute, kExtension, rig.now).may_send);
  rig.pass(3000);
  rig.look(*one);
  EXPECT_TRUE(one->begin(Command::unmute, kExtension, rig.now).may_send);
  EXPECT_EQ(rig.kinds(), "surface_open surface_lost surface_settled");
}

TEST_F(StoreLeases, AreNoOrphansOnceAcquiredAgain) {
  const auto one = rig.host(kOne);
  hold(*one, "a");
  one->orphan(rig.now);
  EXPECT_EQ(hold(*one, "a").look_again_at, std::nullopt);
}

TEST_F(StoreLeases, AreOrphansWhenTheirProcessLeaves) {
  const auto one = rig.host(kOne);
  const auto two = rig.host(kTwo, kChromium);
  hold(*one, "a");
  one->leave(rig.now);
  const Shared left = rig.look(*two);
  EXPECT_EQ(left.leases_elsewhere, 1U);
  EXPECT_FALSE(left.held_by_the_living);
  EXPECT_EQ(left.look_again_at, rig.now.steady + std::chrono::milliseconds(3000));
  two->begin(Command::mute, kExtension, rig.now);
  two->leave(rig.now);
  EXPECT_EQ(rig.ask("SELECT count(*) FROM host"), "2") << "what they left behind needs their rows";
  rig.pass(kUnknownOutcome_ms);
  const auto three = rig.host({"boot", 3, 30});
  rig.look(*three);
  EXPECT_EQ(rig.ask("SELECT count(*) FROM host"), "0");
}

TEST_F(StoreLeases, OfAProcessWronglyTakenForDeadAreAcquiredAgain) {
  const auto one = rig.host(kOne);
  const auto two = rig.host(kTwo, kChromium);
  hold(*one, "a");
  rig.look(*two);
  rig.die(kOne);
  rig.look_later(*two);
  rig.alive.push_back(kOne);
  EXPECT_FALSE(one->reopened());
  rig.look(*one);
  EXPECT_TRUE(one->reopened());
  EXPECT_FALSE(one->reopened()) << "once";
  hold(*one, "a");
  rig.pass(3000);
  EXPECT_EQ(rig.look(*two).leases_elsewhere, 1U);
}

TEST_F(StoreLeases, ThatEndWithStayMutedLeaveNoOutstandingMute) {
  rig.absence.resume = false;
  const auto one = rig.host(kOne);
  const auto two = rig.host(kTwo, kChromium);
  leave_a_mute(*one);
  hold(*one, "a");
  hold(*one, "b", true);
  hold(*two, "c");
  one->orphan(rig.now);
  rig.pass(3000);
  EXPECT_EQ(rig.look(*two).outstanding.size(), 1U) << "another form is still open";
  two->orphan(rig.now);
  rig.pass(3000);
  EXPECT_TRUE(rig.look(*two).outstanding.empty());
  const auto ledger = rig.ledger();
  EXPECT_EQ(ledger.back().kind, EntryKind::left_muted);
  EXPECT_EQ(ledger.back().target, kExtension);
}

TEST_F(StoreLeases, ThatWereSuspendedLeaveNothingMuted) {
  rig.absence.resume = false;
  const auto one = rig.host(kOne);
  leave_a_mute(*one);
  hold(*one, "a", true);
  one->orphan(rig.now);
  rig.pass(3000);
  EXPECT_EQ(rig.look(*one).outstanding.size(), 1U);
}

TEST_F(StoreLeases, ThatEndWithResumeLeaveTheOutstandingMute) {
  const auto one = rig.host(kOne);
  leave_a_mute(*one);
  hold(*one, "a");
  one->orphan(rig.now);
  rig.pass(3000);
  EXPECT_EQ(rig.look(*one).outstanding.size(), 1U);
}

TEST_F(StoreLeases, OfTheManualMuteCountLikeAnyOther) {
  const auto one = rig.host(kOne);
  const auto two = rig.host(kTwo, kChromium);
  hold(*one, kManualMute);
  EXPECT_EQ(rig.look(*two).leases_elsewhere, 1U);
  one->release(kManualMute, "", rig.now);
  EXPECT_EQ(rig.look(*two).leases_elsewhere, 0U);
  EXPECT_EQ(rig.kinds(), "") << "add_entry() records overrides";
}

TEST_F(StoreLeases, OfADelayedUnmuteKeepTheMuteAndEndWithTheirProcess) {
  const auto one = rig.host(kOne);
  const auto two = rig.host(kTwo, kChromium);
  leave_a_mute(*one);
  hold(*one, kUnmuteDelay);
  EXPECT_EQ(rig.look(*two).leases_elsewhere, 1U);
  EXPECT_FALSE(two->begin(Command::unmute, kExtension, rig.now).may_send);
  rig.absence.resume = false;
  one->orphan(rig.now);
  EXPECT_EQ(rig.look(*two).leases_elsewhere, 0U) << "no form is open that needs a grace";
  EXPECT_EQ(rig.look(*two).outstanding.size(), 1U) << "and no call is left muted because of it";
  EXPECT_TRUE(two->begin(Command::unmute, kExtension, rig.now).may_send);
  EXPECT_EQ(rig.kinds(), "");
}

}  // namespace
}  // namespace cardmute::store
