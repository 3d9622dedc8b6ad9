// Tests that after a failed call of the file system the process continues, the file stays intact,
// and the store works again as soon as the disk does. One scene is repeated for each call that it
// makes, and in each repetition another call fails.
#include <gtest/gtest.h>

#include "store/entries.hpp"
#include "store_fault_vfs.hpp"
#include "store_rig.hpp"

namespace cardmute::store {
namespace {

class StoreFaults : public ::testing::Test {
 protected:
  void SetUp() override { test::faults() = {}; }
  void TearDown() override { test::faults() = {}; }
};

// The scene: mutes, unmutes and a crash, in two processes.
void play(Rig& rig, Store& one, Store& two) {
  rig.look(one);
  one.acquire(kForm, rig.now);
  const Begun mute = one.begin(Command::mute, kExtension, rig.now);
  EXPECT_TRUE(mute.may_send) << "a mute is sent even if the store fails";
  rig.look(two);
  one.end(mute.request, acknowledged(), true, false, rig.now);
  two.acquire(kForm, rig.now);
  one.add_entry(entry_of(EntryKind::state, rig.now.utc));
  one.release(kForm.surface, "hidden", rig.now);
  one.rest(rig.now);
  two.release(kForm.surface, "hidden", rig.now);
  const Begun unmute = two.begin(Command::unmute, kExtension, rig.now);
  two.end(unmute.request, acknowledged(), true, true, rig.now);
  rig.pass(kReopen_ms / 2);
  one.rest(rig.now);
  two.acquire(kForm, rig.now);
  two.begin(Command::mute, kExtension, rig.now);
  two.rest(rig.now);
  rig.die(kTwo);
  rig.look_later(one);
  rig.pass(rig.absence.grace_ms);
  rig.look(one);
}

// Expects that everything works as before.
void expect_health(Rig& rig, Store& one) {
  rig.pass(kReopen_ms);
  rig.look(one);
  rig.pass(kUnknownOutcome_ms);
  EXPECT_TRUE(rig.look(one).works) << one.failure();
  one.rest(rig.now);
  EXPECT_EQ(one.failure(), "");
  const auto three = rig.host({"boot", 3, 30}, kChromium);
  EXPECT_EQ(three->acquire(kForm, rig.now).leases_elsewhere, 0U);
  EXPECT_EQ(rig.look(one).leases_elsewhere, 1U);
  EXPECT_FALSE(one.begin(Command::unmute, kExtension, rig.now).may_send);
  three->release(kForm.surface, "hidden", rig.now);
  const Begun unmute = one.begin(Command::unmute, kExtension, rig.now);
  EXPECT_TRUE(unmute.may_send);
  EXPECT_TRUE(one.end(unmute.request, acknowledged(), true, true, rig.now).outstanding.empty());
  one.rest(rig.now);
  EXPECT_EQ(rig.ask("PRAGMA integrity_check"), "ok");
  EXPECT_EQ(rig.ask("SELECT count(*) FROM flight"), "0");
}

enum class After { health, anything };

// Plays the scene repeatedly. In run n, call n fails. Ends with the first run that has no call n.
// With `cuts` (the end of a file's name), no call fails, but that file is truncated at call n.
// Returns the number of runs.
int play_with_each_call_failing(const test::Faults& kind, const char* cuts = nullptr,
                                After after = After::health) {
  constexpr int kTooMany = 1000;
  for (int n = 1; n < kTooMany; ++n) {
    SCOPED_TRACE("call " + std::to_string(n));
    Rig rig;
    rig.vfs = test::kFaultVfs;
    const auto one = rig.host(kOne);
    const auto two = rig.host(kTwo);
    test::faults() = kind;
    test::faults().at = n;
    if (cuts != nullptr) test::faults().cut_file = rig.file().string() + cuts;
    play(rig, *one, *two);
    const bool reached = test::faults().reached();
    test::faults() = {};
    if (after == After::health) expect_health(rig, *one);
    if (!reached || ::testing::Test::HasFailure()) return n;
  }
  return kTooMany;
}

constexpr int kFewestCalls = 30;  // the scene makes more calls than this

TEST_F(StoreFaults, BrokenOnce) { EXPECT_GT(play_with_each_call_failing({}), kFewestCalls); }

TEST_F(StoreFaults, BrokenFromThenOn) {
  EXPECT_GT(play_with_each_call_failing({.lasting = true}), kFewestCalls);
}

TEST_F(StoreFaults, FullOnce) {
  EXPECT_GT(play_with_each_call_failing({.full = true}), kFewestCalls);
}

TEST_F(StoreFaults, FullFromThenOn) {
  EXPECT_GT(play_with_each_call_failing({.lasting = true, .full = true}), kFewestCalls);
}

TEST_F(StoreFaults, HalfWrittenOnce) {
  EXPECT_GT(play_with_each_call_failing({.half = true, .full = true}), kFewestCalls);
}

TEST_F(StoreFaults, HalfWrittenFromThenOn) {
  EXPECT_GT(play_with_each_call_failing({.lasting = true, .half = true}), kFewestCalls);
}

// Other programs may truncate the index: see store/shared_index.hpp.
TEST_F(StoreFaults, IndexCutAtAnyMoment) {
  EXPECT_GT(play_with_each_call_failing({}, "-shm"), kFewestCalls);
}

// Other programs may truncate the log, too. What is not yet in the file itself is then lost. If
// SQLite is copying the log into the file at that moment, the file is damaged. But no process
// crashes, and every mute may still be sent.
TEST_F(StoreFaults, LogCutAtAnyMoment) {
  EXPECT_GT(play_with_each_call_failing({}, "-wal", After::anything), kFewestCalls);
}

TEST_F(StoreFaults, FullDiskIsReported) {
  test::faults();
  Rig rig;
  rig.vfs = test::kFaultVfs;
  const auto one = rig.host(kOne);
  one->acquire(kForm, rig.now);
  test::faults() = {.at = 1, .lasting = true, .full = true};
  const Begun begun = one->begin(Command::mute, kExtension, rig.now);
  EXPECT_TRUE(begun.may_send);
  EXPECT_EQ(begun.request, 0);
  EXPECT_FALSE(begun.shared.works);
  EXPECT_EQ(one->failure(), "The store " + rig.file().string() +
                                " cannot be used: database or disk is full (SQLite 13). Mutes "
                                "still work, but other browsers of this user are not known.");
}

TEST_F(StoreFaults, OnlyRestWaitsForTheDisk) {
  test::faults();
  Rig rig;
  rig.vfs = test::kFaultVfs;
  const auto one = rig.host(kOne);
  const auto two = rig.host(kTwo);
  for (int round = 0; round < 3; ++round) {
    test::faults() = {};
    one->acquire(kForm, rig.now);
    const Begun mute = one->begin(Command::mute, kExtension, rig.now);
    one->end(mute.request, acknowledged(), true, false, rig.now);
    rig.look(*two);
    two->acquire(kForm, rig.now);
    one->release(kForm.surface, "hidden", rig.now);
    two->leave(rig.now);
    EXPECT_EQ(test::faults().syncs, 0) << "round " << round;
    rig.pass(kReopen_ms);
    one->rest(rig.now);
    EXPECT_GT(test::faults().syncs, 0) << "round " << round;
    const int calls = test::faults().calls;
    rig.pass(kReopen_ms);
    one->rest(rig.now);
    EXPECT_EQ(test::faults().calls, calls) << "nothing was written since";
  }
}

}  // namespace
}  // namespace cardmute::store
