// Tests several boots of machines in one store: the rows of live boots are left alone, those of
// dead boots are taken over or deleted.
#include <gtest/gtest.h>

#include <algorithm>
#include <tuple>
#include <utility>

#include "store/starts.hpp"
#include "store_rig.hpp"

namespace cardmute::store {
namespace {

const platform::ProcessIdentity kHere{"here", 1, 10};
const platform::ProcessIdentity kThere{"there", 1, 10};
const Lease kOther{"b", "https://crm.example.com", "cc-number", false};

class Starts : public ::testing::Test {
 protected:
  std::unique_ptr<Store> host(const platform::ProcessIdentity& self, const std::string& machine) {
    rig.alive.push_back(self);
    Settings settings;
    settings.file = rig.file();
    settings.self = self;
    settings.browser = {self.boot, 100, 1};
    settings.machine = machine;
    settings.syncs_apart = false;
    settings.is_alive = [this](const platform::ProcessIdentity& process) {
      return std::ranges::find(rig.alive, process) != rig.alive.end();
    };
    return std::make_unique<Store>(std::move(settings));
  }
  void mute(Store& store, const Lease& lease) const {
    store.acquire(lease, rig.now);
    const Begun begun = store.begin(Command::mute, kExtension, rig.now);
    store.end(begun.request, acknowledged(), true, false, rig.now);
  }

  Rig rig;
};

TEST_F(Starts, ThatAreAliveAreLeftAloneWhateverTheirMachine) {
  for (const char* machine : {"m", "another"}) {
    const auto there = host(kThere, machine);
    mute(*there, kForm);
    const auto here = host(kHere, "m");
    for (int i = 0; i < 5; ++i) {
      const Shared shared = rig.look_later(*here);
      EXPECT_EQ(shared.leases_elsewhere, 0U) << "it does not count here";
      EXPECT_TRUE(shared.outstanding.empty()) << "and is not ended from here";
      EXPECT_TRUE(here->is_shared());
    }
    EXPECT_TRUE(rig.look_later(*there).works);
    EXPECT_FALSE(there->reopened());
    EXPECT_TRUE(there->is_shared());
    EXPECT_FALSE(here->begin(Command::unmute, kExtension, rig.now).may_send) << "mute wins";
    there->release(kForm.surface, "hidden", rig.now);
    const Begun unmute = there->begin(Command::unmute, kExtension, rig.now);
    EXPECT_TRUE(unmute.may_send);
    EXPECT_TRUE(
        there->end(unmute.request, acknowledged(), true, true, rig.now).outstanding.empty());
  }
}

// A computer's name (DHCP) may have changed, or one of its network cards.
TEST_F(Starts, OfThisMachineAreRecognizedByAnyOfItsIdentities) {
  for (const auto& [before, now, same] :
       {std::tuple{"name1,card1,card2", "name2,card1,card2", true},
        std::tuple{"name,card1", "name,card2", true}, std::tuple{"name", "name,card", true},
        std::tuple{"name1,card1", "name2,card2", false}, std::tuple{"a,b", "ab", false}}) {
    mute(*host(kThere, before), kForm);
    const auto here = host(kHere, now);
    rig.look(*here);
    EXPECT_EQ(rig.look(*here).outstanding.size(), same ? 1U : 0U) << before << ' ' << now;
    std::filesystem::remove_all(rig.file().parent_path());
  }
}

TEST_F(Starts, KeepAnOutstandingMuteHere) {
  const auto there = host(kThere, "another");
  mute(*there, kForm);
  const auto here = host(kHere, "m");
  mute(*here, kOther);
  const Shared kept = here->release(kOther.surface, "hidden", rig.now);
  EXPECT_EQ(kept.leases_elsewhere, 1U);
  EXPECT_FALSE(kept.held_by_the_living) << "nobody else ends the mute here";
  there->release(kForm.surface, "hidden", rig.now);
  EXPECT_EQ(rig.look_later(*here).leases_elsewhere, 0U);
  EXPECT_EQ(rig.look(*here).outstanding.size(), 1U) << "its own, to be ended";
}

TEST_F(Starts, OfThisMachineThatAreDeadAreEndedAtOnce) {
  rig.absence.grace_ms = 60'000;
  {
    const auto before = host(kThere, "m");
    mute(*before, kForm);
  }
  const auto here = host(kHere, "m");
  rig.look(*here);
  const Shared shared = rig.look(*here);
  EXPECT_EQ(shared.leases_elsewhere, 0U);
  ASSERT_EQ(shared.outstanding.size(), 1U);
  EXPECT_EQ(shared.outstanding[0].acknowledged_at, std::nullopt);
  EXPECT_TRUE(here->begin(Command::unmute, kExtension, rig.now).may_send);
  EXPECT_FALSE(here->is_shared());
}

TEST_F(Starts, OfAnotherMachineOrAnUnknownOneThatAreDeadAreForgotten) {
  for (const auto& [machine, own] : {std::pair{"another", "m"}, {"", ""}, {"", "m"}, {"m", ""}}) {
    {
      const auto there = host(kThere, machine);
      mute(*there, kForm);
    }
    const auto here = host(kHere, own);
    rig.look(*here);
    rig.pass(kMissing_ms - 1);
    rig.look(*here);
    EXPECT_EQ(rig.ask("SELECT count(*) FROM lease"), "1") << "its browser may start it again";
    rig.look_later(*here);
    const Shared shared = rig.look(*here);
    EXPECT_EQ(shared.leases_elsewhere, 0U);
    EXPECT_TRUE(shared.outstanding.empty()) << "nothing is sent because of it";
    EXPECT_EQ(rig.ask("SELECT count(*) FROM lease"), "0");
    EXPECT_EQ(rig.ask("SELECT count(*) FROM host WHERE boot <> 'here'"), "0");
  }
}

TEST_F(Starts, OfAnotherMachineThatAreSeenAgainAreNotForgotten) {
  auto there = host(kThere, "another");
  mute(*there, kForm);
  const auto here = host(kHere, "m");
  there.reset();
  rig.look(*here);
  rig.pass(kMissing_ms - 1);
  there = host(kThere, "another");
  rig.look(*there);
  rig.look(*here);
  there.reset();
  rig.pass(kMissing_ms - 1);
  rig.look(*here);
  rig.pass(kMissing_ms - 1);
  rig.look(*here);
  EXPECT_EQ(rig.ask("SELECT count(*) FROM debt"), "1");
}

TEST_F(Starts, ThatWereTakenForDeadRecordEverythingAgain) {
  const auto there = host(kThere, "another");
  mute(*there, kForm);
  std::filesystem::remove_all(rig.file().parent_path() / "alive");
  const auto here = host(kHere, "m");
  rig.look(*here);
  rig.pass(kMissing_ms);
  rig.look(*here);
  EXPECT_EQ(rig.ask("SELECT count(*) FROM lease"), "0");
  rig.look(*there);
  EXPECT_TRUE(there->reopened());
  there->acquire(kForm, rig.now);
  rig.look_later(*here);
  EXPECT_TRUE(here->is_shared());
  EXPECT_EQ(rig.ask("SELECT count(*) FROM lease"), "1");
}

}  // namespace
}  // namespace cardmute::store
