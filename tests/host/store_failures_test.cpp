// Tests a store whose file is damaged, newer, locked, deleted or cannot be created. The process
// continues without a store, says why, and tries again later.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <thread>

#include "store/connection.hpp"
#include "store/schema.hpp"
#include "store_rig.hpp"

namespace cardmute::store {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

mode_t mode_of(const fs::path& path) {
  struct stat entry {};
  EXPECT_EQ(stat(path.c_str(), &entry), 0) << path;
  return entry.st_mode & 07777;
}

class StoreFailures : public ::testing::Test {
 protected:
  void expect_failure(Store& store, const char* why) {
    EXPECT_FALSE(store.acquire(kForm, rig.now).works);
    const Begun mute = store.begin(Command::mute, kExtension, rig.now);
    EXPECT_TRUE(mute.may_send);
    EXPECT_EQ(mute.request, 0);
    EXPECT_TRUE(store.begin(Command::unmute, kExtension, rig.now).may_send);
    EXPECT_FALSE(store.end(mute.request, acknowledged(), true, false, rig.now).works);
    EXPECT_THAT(store.failure(), HasSubstr("The store " + rig.file().string()));
    EXPECT_THAT(store.failure(), HasSubstr(why));
    EXPECT_FALSE(store.reopened());
  }
  void expect_recovery(Store& store, int pause_ms = kReopen_ms) {
    EXPECT_FALSE(rig.look(store).works) << "it is not used for a while";
    rig.pass(pause_ms - 1);
    EXPECT_FALSE(rig.look(store).works);
    rig.pass(1);
    EXPECT_TRUE(rig.look(store).works) << store.failure();
    EXPECT_EQ(store.failure(), "");
    EXPECT_TRUE(store.reopened());
    EXPECT_FALSE(store.reopened());
  }
  // The files that were set aside, without their logs.
  [[nodiscard]] std::vector<fs::path> set_aside() const {
    std::vector<fs::path> found;
    for (const auto& entry : fs::directory_iterator(rig.file().parent_path())) {
      const std::string name = entry.path().filename().string();
      if (name.find(".damaged-") != std::string::npos && name.ends_with("Z")) {
        found.push_back(entry.path());
      }
    }
    return found;
  }

  Rig rig;
};

TEST_F(StoreFailures, NoneIfThereIsNoFileYet) {
  const mode_t before = umask(0);
  const auto one = rig.host(kOne);
  EXPECT_FALSE(fs::exists(rig.file().parent_path())) << "only the first call creates it";
  EXPECT_TRUE(rig.look(*one).works);
  EXPECT_TRUE(one->acquire(kForm, rig.now).works);
  umask(before);
  EXPECT_EQ(mode_of(rig.file().parent_path()), 0700U);
  EXPECT_EQ(mode_of(rig.file()), 0600U);
  EXPECT_EQ(mode_of(rig.file().string() + "-wal"), 0600U);
  EXPECT_EQ(mode_of(rig.file().string() + "-shm"), 0600U);
  EXPECT_FALSE(one->reopened());
  EXPECT_EQ(one->failure(), "");
}

TEST_F(StoreFailures, FolderInPlaceOfTheFile) {
  fs::create_directories(rig.file());
  const auto one = rig.host(kOne);
  expect_failure(*one, "not a regular file");
  fs::remove(rig.file());
  expect_recovery(*one);
}

TEST_F(StoreFailures, FileInPlaceOfTheFolder) {
  rig.folder.write("state", "");
  const auto one = rig.host(kOne);
  expect_failure(*one, "state");
  fs::remove(rig.file().parent_path());
  expect_recovery(*one);
}

TEST_F(StoreFailures, FolderThatMayNotBeWritten) {
  fs::create_directories(rig.file().parent_path());
  fs::permissions(rig.file().parent_path(), static_cast<fs::perms>(0555));
  // Permissions do not limit root, so root changes to another user.
  constexpr uid_t kNobody = 65534;
  const bool root = geteuid() == 0;
  if (root) {
    ASSERT_EQ(seteuid(kNobody), 0);
  }
  const auto one = rig.host(kOne);
  expect_failure(*one, "cannot write in it");
  if (root) {
    ASSERT_EQ(seteuid(0), 0);
  }
  fs::permissions(rig.file().parent_path(), fs::perms::owner_all);
  expect_recovery(*one);
}

TEST_F(StoreFailures, FileThatMayNotBeWritten) {
  rig.look(*rig.host(kOne));
  fs::permissions(rig.file().parent_path(), static_cast<fs::perms>(0777));
  for (const char* beside : {"", "-wal", "-shm"}) {
    fs::permissions(rig.file().string() + beside, static_cast<fs::perms>(0444));
  }
  if (geteuid() != 0) GTEST_SKIP() << "an owner gives itself the right to write; needs root";
  constexpr uid_t kNobody = 65534;
  ASSERT_EQ(seteuid(kNobody), 0);
  const auto two = rig.host(kTwo);
  expect_failure(*two, "SQLite");
  ASSERT_EQ(seteuid(0), 0);
  expect_recovery(*two);
}

TEST_F(StoreFailures, LockedForTooLong) {
  const auto one = rig.host(kOne);
  one->acquire(kForm, rig.now);
  const Begun mute = one->begin(Command::mute, kExtension, rig.now);
  {
    Database other(rig.file().string(), SQLITE_OPEN_READWRITE, nullptr, 0);
    other.execute("BEGIN IMMEDIATE");
    EXPECT_FALSE(one->end(mute.request, acknowledged(), true, false, rig.now).works);
    expect_failure(*one, "locked");
  }
  expect_recovery(*one, kLocked_ms);
  const Shared shared = one->acquire(kForm, rig.now);
  EXPECT_EQ(shared.leases_elsewhere, 0U) << "the lease is its own";
  ASSERT_EQ(shared.outstanding.size(), 1U);
  EXPECT_NE(shared.outstanding[0].acknowledged_at, std::nullopt)
      << "the outcome was recorded later";
  EXPECT_EQ(rig.ask("SELECT count(*) FROM flight"), "0");
  EXPECT_EQ(rig.kinds(), "surface_open request");
}

TEST_F(StoreFailures, ReleaseThatFailedIsWrittenLater) {
  const auto one = rig.host(kOne);
  const auto two = rig.host(kTwo);
  one->acquire(kForm, rig.now);
  one->acquire({"b", "", "", false}, rig.now);
  {
    Database other(rig.file().string(), SQLITE_OPEN_READWRITE, nullptr, 0);
    other.execute("BEGIN IMMEDIATE");
    EXPECT_FALSE(one->release(kForm.surface, "hidden", rig.now).works);
  }
  rig.pass(kReopen_ms);
  EXPECT_TRUE(rig.look(*one).works);
  EXPECT_EQ(rig.look(*two).leases_elsewhere, 1U);
  EXPECT_EQ(rig.ledger().back().kind, EntryKind::surface_close);
}

TEST_F(StoreFailures, EntriesWaitUntilTheStoreWorksAgain) {
  fs::create_directories(rig.file());
  const auto one = rig.host(kOne);
  Entry entry;
  entry.kind = EntryKind::state;
  one->add_entry(entry);
  one->rest(rig.now);
  EXPECT_NE(one->failure(), "");
  fs::remove(rig.file());
  rig.pass(kReopen_ms);
  one->rest(rig.now);
  EXPECT_EQ(rig.kinds(), "state");
}

TEST_F(StoreFailures, NewerFileIsLeftUntouched) {
  rig.look(*rig.host(kOne));
  rig.execute("PRAGMA user_version = 7; PRAGMA journal_mode = DELETE;");
  const std::string before = test::read_text(rig.file());
  const auto two = rig.host(kTwo);
  expect_failure(*two, "newer version of this program (7; this one knows 5). Update the host");
  EXPECT_EQ(test::read_text(rig.file()), before);
  EXPECT_TRUE(set_aside().empty());
  const auto problem = read_ledger(rig.file(), std::nullopt, [](const Entry&) {});
  ASSERT_NE(problem, std::nullopt);
  EXPECT_THAT(*problem, HasSubstr("Update the host"));
}

TEST_F(StoreFailures, FileThatIsNotAStoreIsSetAside) {
  const std::string garbage(10'000, 'x');
  rig.folder.write("state/cardmute.db", garbage);
  const auto one = rig.host(kOne);
  EXPECT_TRUE(one->acquire(kForm, rig.now).works) << one->failure();
  ASSERT_EQ(set_aside().size(), 1U);
  EXPECT_EQ(set_aside()[0].filename(), "cardmute.db.damaged-20261121T100000Z");
  EXPECT_EQ(test::read_text(set_aside()[0]), garbage);
  EXPECT_EQ(rig.kinds(), "store_mended surface_open");
}

TEST_F(StoreFailures, FileWithoutItsTablesIsSetAside) {
  rig.look(*rig.host(kOne));
  rig.execute("DROP TABLE lease");
  const auto two = rig.host(kTwo);
  EXPECT_TRUE(two->acquire(kForm, rig.now).works) << two->failure();
  EXPECT_EQ(set_aside().size(), 1U);
}

TEST_F(StoreFailures, DamageUnderOpenStoresIsRepairedByOneAndFoundByTheOther) {
  const auto one = rig.host(kOne);
  one->acquire(kForm, rig.now);
  rig.execute("PRAGMA wal_checkpoint(TRUNCATE)");
  // Overwrites everything except the first page, which identifies the file as a database.
  constexpr std::streamoff kPage_bytes = 4096;
  const auto size = static_cast<std::streamoff>(fs::file_size(rig.file()));
  {
    std::fstream file(rig.file(), std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(kPage_bytes);
    file << std::string(static_cast<std::size_t>(size - kPage_bytes), '\x5a');
  }
  const auto two = rig.host(kTwo);
  EXPECT_TRUE(two->acquire({"b", "", "", false}, rig.now).works) << two->failure();
  EXPECT_EQ(set_aside().size(), 1U);
  rig.pass(kMoved_ms);
  EXPECT_TRUE(rig.look(*one).works) << one->failure();
  EXPECT_TRUE(one->reopened());
  EXPECT_EQ(one->acquire(kForm, rig.now).leases_elsewhere, 1U);
  EXPECT_EQ(rig.look(*two).leases_elsewhere, 1U);
  EXPECT_EQ(set_aside().size(), 1U);
  EXPECT_EQ(rig.kinds(), "store_mended surface_open surface_open");
}

TEST_F(StoreFailures, RepeatedDamageIsLeftToAPerson) {
  for (int i = 0; i < kMaxSetAside_files; ++i) {
    rig.folder.write("state/cardmute.db.damaged-2026010" + std::to_string(i) + "T000000Z", "");
  }
  rig.folder.write("state/cardmute.db", std::string(10'000, 'x'));
  const auto one = rig.host(kOne);
  expect_failure(*one, "damaged");
  EXPECT_EQ(test::read_text(rig.file()).size(), 10'000U);
  fs::remove(set_aside()[0]);
  expect_recovery(*one);
}

TEST_F(StoreFailures, FileDeletedWhileOpenIsCreatedAgain) {
  const auto one = rig.host(kOne);
  one->acquire(kForm, rig.now);
  const Begun mute = one->begin(Command::mute, kExtension, rig.now);
  for (const char* beside : {"", "-wal", "-shm"}) fs::remove(rig.file().string() + beside);
  EXPECT_TRUE(rig.look(*one).works);
  EXPECT_FALSE(fs::exists(rig.file())) << "this is checked only at intervals";
  rig.pass(kMoved_ms);
  EXPECT_TRUE(rig.look(*one).works);
  EXPECT_TRUE(one->reopened());
  EXPECT_EQ(mode_of(rig.file()), 0600U);
  const Shared shared = one->end(mute.request, acknowledged(), true, false, rig.now);
  ASSERT_EQ(shared.outstanding.size(), 1U) << "known from before";
  EXPECT_EQ(shared.outstanding[0].acknowledged_at, std::nullopt)
      << "it is not known what happened meanwhile";
  EXPECT_EQ(rig.kinds(), "store_mended request");
}

TEST_F(StoreFailures, NoneWhenManyProcessesCreateTheFileAtOnce) {
  constexpr int kProcesses = 6;
  constexpr int kRounds = 5;
  for (int round = 0; round < kRounds; ++round) {
    Rig fresh;
    fresh.busy_ms = 60'000;  // so long that no process gives up
    std::vector<std::unique_ptr<Store>> stores;
    for (int i = 0; i < kProcesses; ++i) stores.push_back(fresh.host({"boot", 10 + i, 1}));
    std::vector<std::string> failures(kProcesses);
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < kProcesses; ++i) {
      threads.emplace_back([&, i] {
        stores[i]->acquire({std::to_string(i), "", "", false}, fresh.now);
        failures[i] = stores[i]->failure();
      });
    }
    for (auto& thread : threads) thread.join();
    for (const auto& failure : failures) EXPECT_EQ(failure, "");
    EXPECT_EQ(fresh.look(*stores[0]).leases_elsewhere, kProcesses - 1U);
  }
}

}  // namespace
}  // namespace cardmute::store
