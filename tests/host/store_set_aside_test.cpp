// Tests how a damaged store is set aside while several processes have it open. On Windows nobody
// can rename a file that another process has open.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "platform/file_lock.hpp"
#include "store/connection.hpp"
#include "store_rig.hpp"

namespace cardmute::store {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;

const Lease kOtherForm{"b", "", "", false};

class StoreSetAside : public ::testing::Test {
 protected:
  StoreSetAside() { one->acquire(kForm, rig.now); }

  // Overwrites everything except the first page, which identifies the file as a database. The first
  // process does not notice that, because it has read the file and nobody has written since.
  void damage() {
    rig.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    rig.look(*one);
    constexpr std::streamoff kPage_bytes = 4096;
    const auto size = static_cast<std::streamoff>(fs::file_size(rig.file()));
    std::fstream file(rig.file(), std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(kPage_bytes);
    file << std::string(static_cast<std::size_t>(size - kPage_bytes), '\x5a');
  }
  // The names of the files beside the store that are neither its log nor its index.
  [[nodiscard]] std::vector<std::string> beside() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(rig.file().parent_path())) {
      const std::string name = entry.path().filename().string();
      const bool of_sqlite = name.ends_with("-wal") || name.ends_with("-shm");
      if (entry.is_regular_file() && !of_sqlite) names.push_back(name);
    }
    std::ranges::sort(names);
    return names;
  }

  Rig rig;
  std::unique_ptr<Store> one = rig.host(kOne);
};

TEST_F(StoreSetAside, ADamagedFileThatAnotherProcessHasOpen) {
  damage();
  const auto two = rig.host(kTwo);
  two->acquire(kOtherForm, rig.now);
  // The first process looks every kMoved_ms, and the second one tries again every kLocked_ms.
  for (int ms = 0; ms < kMoved_ms + kLocked_ms && !two->failure().empty(); ms += kLocked_ms) {
    rig.pass(kLocked_ms);
    rig.look(*one);
    rig.look(*two);
  }
  EXPECT_EQ(two->failure(), "");
  rig.pass(kMoved_ms);
  EXPECT_TRUE(rig.look(*one).works) << one->failure();
  EXPECT_TRUE(one->reopened());
  EXPECT_EQ(one->acquire(kForm, rig.now).works, true);
  EXPECT_EQ(two->acquire(kOtherForm, rig.now).leases_elsewhere, 1U);
  EXPECT_EQ(one->acquire(kForm, rig.now).leases_elsewhere, 1U);
  EXPECT_THAT(beside(), ElementsAre("cardmute.db", ::testing::StartsWith("cardmute.db.damaged-")));
}

TEST_F(StoreSetAside, AForgottenRequestToCloseEndsAndChangesNothing) {
  rig.folder.write("state/cardmute.db.close", "");
  rig.pass(kMoved_ms);
  EXPECT_TRUE(rig.look(*one).works) << one->failure();
  const auto two = rig.host(kTwo);
  EXPECT_EQ(rig.look(*two).leases_elsewhere, 1U);
  if (platform::open_files_can_be_renamed()) {
    EXPECT_THAT(beside(), ElementsAre("cardmute.db", "cardmute.db.close")) << "nobody reads it";
  } else {
    EXPECT_THAT(beside(), ElementsAre("cardmute.db"));
  }
}

}  // namespace
}  // namespace cardmute::store
