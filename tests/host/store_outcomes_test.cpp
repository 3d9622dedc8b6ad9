// Tests outcomes that wait in memory, so that a reply does not wait for the store.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "store/entries.hpp"
#include "store/outcome_file.hpp"
#include "store_rig.hpp"

namespace cardmute::store {
namespace {

class StoreOutcomes : public ::testing::Test {
 protected:
  StoreOutcomes() : one(rig.host(kOne)), two(rig.host(kTwo, kChromium)) {
    rig.look(*one);
    rig.look(*two);
    one->acquire(kForm, rig.now, true);
    mute = one->begin(Command::mute, kExtension, rig.now).request;
  }

  [[nodiscard]] std::string in_flight() const { return rig.ask("SELECT count(*) FROM flight"); }

  Rig rig;
  std::unique_ptr<Store> one;
  std::unique_ptr<Store> two;
  RequestId mute = 0;
};

TEST_F(StoreOutcomes, WaitForTheNextTransaction) {
  one->end_later(mute, acknowledged(), true, false, rig.now);
  EXPECT_TRUE(one->has_outcomes());
  EXPECT_EQ(in_flight(), "1");
  EXPECT_FALSE(rig.look(*two).outstanding.at(0).acknowledged_at);
  EXPECT_TRUE(one->write_outcomes(rig.now).outstanding.at(0).acknowledged_at);
  EXPECT_FALSE(one->has_outcomes());
  EXPECT_EQ(in_flight(), "0");
  EXPECT_TRUE(rig.look(*two).outstanding.at(0).acknowledged_at);
}

TEST_F(StoreOutcomes, AreWrittenBeforeTheNextRequest) {
  one->end_later(mute, acknowledged(), true, false, rig.now);
  one->release(kForm.surface, "hidden", rig.now, true);
  const auto unmute = one->begin(Command::unmute, kExtension, rig.now);
  EXPECT_TRUE(unmute.may_send);
  EXPECT_EQ(in_flight(), "1") << "only the unmute";
  EXPECT_EQ(rig.kinds(), "surface_open request surface_close");
}

TEST_F(StoreOutcomes, AreWrittenInTheOrderOfTheLedger) {
  one->add_entry(entry_of(EntryKind::idle, rig.now.utc));
  one->end_later(mute, acknowledged(), true, false, rig.now);
  one->add_entry(entry_of(EntryKind::state, rig.now.utc));
  one->write_outcomes(rig.now);
  EXPECT_EQ(rig.kinds(), "surface_open idle request state");
}

TEST_F(StoreOutcomes, OfAKilledProcessAreTakenOver) {
  EXPECT_TRUE(one->end_later(mute, acknowledged(), true, false, rig.now));
  one.reset();
  rig.die(kOne);
  const Shared shared = rig.look_later(*two);
  ASSERT_EQ(shared.outstanding.size(), 1U);
  EXPECT_TRUE(shared.outstanding[0].acknowledged_at);
  EXPECT_EQ(rig.ask("SELECT count(*) FROM flight"), "0");
  EXPECT_EQ(rig.kinds(), "surface_open surface_lost request");
  EXPECT_EQ(rig.ledger().back().outcome, kAcknowledged);
  EXPECT_EQ(rig.ledger().back().latency_ms, acknowledged().latency_ms);
}

TEST_F(StoreOutcomes, OfAKilledProcessThatSettledAMuteAreTakenOver) {
  one->end(mute, acknowledged(), true, false, rig.now);
  one->release(kForm.surface, "hidden", rig.now, true);
  rig.pass(1);
  const auto unmute = one->begin(Command::unmute, kExtension, rig.now);
  EXPECT_TRUE(one->end_later(unmute.request, acknowledged(), true, true, rig.now));
  one.reset();
  rig.die(kOne);
  EXPECT_TRUE(rig.look_later(*two).outstanding.empty());
}

TEST_F(StoreOutcomes, OfAKilledProcessWhoseStoreWasOpenedAgainAreTakenOver) {
  {
    Database other(rig.file().string(), SQLITE_OPEN_READWRITE, nullptr, 0);
    other.execute("BEGIN IMMEDIATE");
    rig.pass(1);
    EXPECT_FALSE(one->acquire({"b", "https://crm.example.com", "cc-number", false}, rig.now).works);
  }
  rig.pass(kLocked_ms);
  rig.look(*one);
  EXPECT_EQ(rig.ask("SELECT doubt FROM flight"), "1");
  EXPECT_TRUE(one->end_later(mute, acknowledged(), true, false, rig.now));
  one.reset();
  rig.die(kOne);
  EXPECT_TRUE(rig.look_later(*two).outstanding.at(0).acknowledged_at);
  EXPECT_EQ(rig.ledger().back().outcome, kAcknowledged);
}

TEST_F(StoreOutcomes, OfAKilledProcessInAFileThatWasCutAreUnknown) {
  one->end_later(mute, acknowledged(), true, false, rig.now);
  one.reset();
  rig.die(kOne);
  std::filesystem::resize_file(outcome_file(rig.file(), kOne), 20);
  const Shared shared = rig.look_later(*two);
  ASSERT_EQ(shared.outstanding.size(), 1U) << "the request was recorded before it was sent";
  EXPECT_FALSE(shared.outstanding[0].acknowledged_at);
  EXPECT_EQ(rig.ledger().back().outcome, "unknown");
}

TEST_F(StoreOutcomes, AreKeptAfterTheFileWasDeleted) {
  one->end_later(mute, acknowledged(), true, false, rig.now);
  std::filesystem::remove_all(outcome_file(rig.file(), kOne).parent_path());
  const auto again = one->begin(Command::mute, kExtension, rig.now);
  EXPECT_TRUE(one->end_later(again.request, acknowledged(), true, false, rig.now));
  EXPECT_EQ(read_outcomes(outcome_file(rig.file(), kOne)).size(), 1U);
}

TEST_F(StoreOutcomes, ThatAreNoAcknowledgementOrCannotBeKeptMustBeWrittenAtOnce) {
  EXPECT_FALSE(one->end_later(mute, denied(), true, false, rig.now));
  std::filesystem::remove_all(outcome_file(rig.file(), kOne).parent_path());
  std::ofstream(outcome_file(rig.file(), kOne).parent_path()) << "no folder";
  const auto again = one->begin(Command::mute, kExtension, rig.now);
  EXPECT_FALSE(one->end_later(again.request, acknowledged(), true, false, rig.now));
}

TEST_F(StoreOutcomes, AreKeptInPlaceOfThoseThatAreWritten) {
  for (std::size_t i = 0; i < 3 * kMaxKept_outcomes + 5; ++i) {
    rig.pass(1);
    const auto begun = one->begin(Command::mute, kExtension, rig.now);
    EXPECT_TRUE(one->end_later(begun.request, acknowledged(), true, false, rig.now));
  }
  const auto kept = read_outcomes(outcome_file(rig.file(), kOne));
  EXPECT_EQ(kept.size(), kMaxKept_outcomes);
  EXPECT_EQ(kept.back().at.steady, rig.now.steady) << "the oldest first";
}

TEST_F(StoreOutcomes, AreReadableByTheirPersonOnlyAndGoWithTheProcess) {
  one->rest(rig.now);
  const auto file = outcome_file(rig.file(), kOne);
  using std::filesystem::perms;
  constexpr auto kOthers = perms::group_all | perms::others_all;
  EXPECT_EQ(std::filesystem::status(file).permissions() & kOthers, perms::none);
  EXPECT_EQ(std::filesystem::status(file.parent_path()).permissions() & kOthers, perms::none);
  one->leave(rig.now);
  EXPECT_FALSE(std::filesystem::exists(file));
}

TEST_F(StoreOutcomes, OfProcessesThatTheStoreDoesNotKnowAreDeleted) {
  one->rest(rig.now);
  const auto left = outcome_file(rig.file(), kOne).parent_path() / "left-behind";
  std::ofstream(left) << "1 2 3";
  two->rest(rig.now);
  EXPECT_FALSE(std::filesystem::exists(left));
  EXPECT_TRUE(std::filesystem::exists(outcome_file(rig.file(), kOne)));
  EXPECT_TRUE(std::filesystem::exists(outcome_file(rig.file(), kTwo)));
}

TEST_F(StoreOutcomes, AreWrittenByTheNextLook) {
  one->end_later(mute, acknowledged(), true, false, rig.now);
  EXPECT_TRUE(rig.look(*one).outstanding.at(0).acknowledged_at);
}

TEST_F(StoreOutcomes, IsCurrentUntilAnotherProcessWrites) {
  EXPECT_TRUE(one->is_current(rig.now));
  one->end_later(mute, acknowledged(), true, false, rig.now);
  EXPECT_TRUE(one->is_current(rig.now)) << "what waits is this process's own";
  one->write_outcomes(rig.now);
  EXPECT_TRUE(one->is_current(rig.now));
  two->acquire({"b", "https://crm.example.com", "cc-number", false}, rig.now);
  EXPECT_FALSE(one->is_current(rig.now));
  // A transaction that writes does not make the store current again. Only reading the shared state
  // does.
  one->add_entry(entry_of(EntryKind::idle, rig.now.utc));
  one->rest(rig.now);
  EXPECT_FALSE(one->is_current(rig.now));
  EXPECT_EQ(rig.look(*one).leases_elsewhere, 1U);
  EXPECT_TRUE(one->is_current(rig.now));
}

TEST_F(StoreOutcomes, AStoreThatFailsIsNotCurrent) {
  std::filesystem::remove(rig.file());
  rig.pass(1000);  // kMoved_ms
  EXPECT_FALSE(one->is_current(rig.now));
}

}  // namespace
}  // namespace cardmute::store
