// Tests a slow or failing disk, and files of the store that another program truncates or removes
// while it is open.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <thread>

#include "store/connection.hpp"
#include "store/disk_sync.hpp"
#include "store/shared_index.hpp"
#include "store_fault_vfs.hpp"
#include "store_rig.hpp"

namespace cardmute::store {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

// --- the disk

// Blocks every sync until open() is called.
class Gate {
 public:
  Gate() {
    test::faults() = {};
    test::faults().on_sync = [this] { wait(); };
  }
  ~Gate() { open(); }
  Gate(const Gate&) = delete;
  Gate& operator=(const Gate&) = delete;

  void open() {
    {
      const std::scoped_lock lock(mutex_);
      open_ = true;
    }
    changed_.notify_all();
    until([this] { return inside_ == 0; });
  }
  void until_somebody_waits() {
    until([this] { return inside_ > 0; });
  }

 private:
  void wait() {
    std::unique_lock lock(mutex_);
    if (open_) return;
    ++inside_;
    changed_.notify_all();
    changed_.wait(lock, [this] { return open_; });
    --inside_;
    changed_.notify_all();
  }
  void until(const std::function<bool()>& is_so) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, is_so);
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  bool open_ = false;
  int inside_ = 0;
};

class SlowDisk : public ::testing::Test {
 protected:
  SlowDisk() {
    rig.vfs = test::kFaultVfs;
    rig.syncs_apart = true;
  }
  void TearDown() override { test::faults().on_sync = {}; }

  void mute_and_unmute(Store& store) {
    store.acquire(kForm, rig.now);
    const Begun mute = store.begin(Command::mute, kExtension, rig.now);
    EXPECT_NE(mute.request, 0);
    store.end(mute.request, acknowledged(), true, false, rig.now);
    store.release(kForm.surface, "hidden", rig.now);
    const Begun unmute = store.begin(Command::unmute, kExtension, rig.now);
    EXPECT_TRUE(unmute.may_send);
    EXPECT_TRUE(store.end(unmute.request, acknowledged(), true, true, rig.now).outstanding.empty());
    store.rest(rig.now);
  }
  // Waits until the thread that syncs has ended.
  void settle(Store& store) {
    for (int i = 0; i < 1000 && store.is_syncing(); ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    ASSERT_FALSE(store.is_syncing());
  }

  Rig rig;
};

TEST_F(SlowDisk, IsWaitedForByNobody) {
  const auto one = rig.host(kOne);
  Gate gate;
  mute_and_unmute(*one);
  gate.until_somebody_waits();
  const auto two = rig.host(kTwo);
  for (int round = 0; round < 3; ++round) {
    rig.pass(kReopen_ms);
    mute_and_unmute(*one);
    mute_and_unmute(*two);
  }
  one->leave(rig.now);
  gate.open();
  settle(*one);
  settle(*two);
}

TEST_F(SlowDisk, IsReportedAfterAWhile) {
  const auto one = rig.host(kOne);
  Gate gate;
  mute_and_unmute(*one);
  gate.until_somebody_waits();
  rig.pass(kSlowSync_ms);
  one->rest(rig.now);
  EXPECT_EQ(one->failure(), "");
  rig.pass(1);
  one->rest(rig.now);
  EXPECT_THAT(one->failure(), HasSubstr("disk"));
  EXPECT_THAT(one->failure(), HasSubstr(rig.file().string()));
  EXPECT_TRUE(rig.look(*one).works) << "it is still used";
  gate.open();
  settle(*one);
  one->rest(rig.now);
  EXPECT_EQ(one->failure(), "");
}

TEST_F(SlowDisk, IsReportedIfItFails) {
  rig.syncs_apart = false;
  const auto one = rig.host(kOne);
  test::faults() = {};
  one->acquire(kForm, rig.now);
  test::faults().syncs_fail = true;
  one->rest(rig.now);
  EXPECT_THAT(one->failure(), HasSubstr("disk"));
  EXPECT_TRUE(rig.look(*one).works);
  test::faults() = {};
  rig.pass(kReopen_ms);
  one->rest(rig.now);
  EXPECT_EQ(one->failure(), "");
}

TEST_F(SlowDisk, GetsTheLogCopiedIntoTheFile) {
  rig.syncs_apart = false;
  test::faults() = {};
  const auto one = rig.host(kOne);
  const auto log = rig.file().string() + "-wal";
  // Each round of this loop adds a few pages to the log.
  for (int i = 0; i < kCheckpoint_pages; ++i) {
    mute_and_unmute(*one);
    rig.pass(kSync_ms);
  }
  constexpr std::uintmax_t kPage_bytes = 4096;
  EXPECT_LT(fs::file_size(log), 3 * kCheckpoint_pages * kPage_bytes);
  EXPECT_GT(fs::file_size(rig.file()), 10 * kPage_bytes) << "the content is in the file itself";
}

// --- the index

void cut(const Rig& rig, std::uintmax_t length) {
  fs::resize_file(rig.file().string() + "-shm", length);
}

class CutIndex : public ::testing::TestWithParam<std::uintmax_t> {
 protected:
  Rig rig;
};

TEST_P(CutIndex, CrashesNoProcessAndLosesNothing) {
  const auto one = rig.host(kOne);
  const auto two = rig.host(kTwo);
  one->acquire(kForm, rig.now);
  const Begun before = one->begin(Command::mute, kExtension, rig.now);
  one->end(before.request, acknowledged(), true, false, rig.now);
  for (int round = 0; round < 3; ++round) {
    rig.look(*two);
    cut(rig, GetParam());
    EXPECT_EQ(rig.look_later(*two).leases_elsewhere, 1U);
    cut(rig, GetParam());
    const Begun mute = one->begin(Command::mute, kExtension, rig.now);
    EXPECT_NE(mute.request, 0);
    EXPECT_TRUE(one->end(mute.request, acknowledged(), true, false, rig.now).works);
    EXPECT_FALSE(two->begin(Command::unmute, kExtension, rig.now).may_send);
  }
  EXPECT_EQ(rig.ask("PRAGMA integrity_check"), "ok");
}

INSTANTIATE_TEST_SUITE_P(Lengths, CutIndex, ::testing::Values(0, 100, 4096),
                         [](const auto& length) { return std::to_string(length.param); });

TEST(RemovedFiles, AreNoticedAndCreatedAgain) {
  for (const char* beside : {"-shm", "-wal"}) {
    Rig rig;
    const auto one = rig.host(kOne);
    const auto two = rig.host(kTwo);
    one->acquire(kForm, rig.now);
    rig.look(*two);
    fs::remove(rig.file().string() + beside);
    for (const auto* store : {&one, &two}) {
      rig.pass(kMoved_ms);
      rig.look(**store);
    }
    EXPECT_TRUE(one->reopened() || two->reopened()) << beside;
    one->acquire(kForm, rig.now);
    EXPECT_EQ(rig.look_later(*two).leases_elsewhere, 1U) << beside;
    EXPECT_EQ(rig.ask("PRAGMA integrity_check"), "ok") << beside;
  }
}

}  // namespace
}  // namespace cardmute::store
