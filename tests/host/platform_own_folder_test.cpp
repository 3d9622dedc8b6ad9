// Tests the check that only a folder's user can change the folder. Tests with two users are in
// process/state_folder.test.js.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "platform/own_folder.hpp"
#include "temporary_folder.hpp"

namespace cardmute::platform {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

TEST(OwnFolder, IsRightIfItExistsOrCanBeCreated) {
  const test::TemporaryFolder folder;
  EXPECT_FALSE(flaw_of_own_folder(folder.path(), {"missing"}));
  EXPECT_FALSE(flaw_of_own_folder(folder.path() / "not/yet", {}));
}

TEST(OwnFolder, MayBeBehindALinkOfTheSameUser) {
  const test::TemporaryFolder folder;
  fs::create_directory(folder.path() / "real");
  fs::create_directory_symlink("real", folder.path() / "link");
  EXPECT_FALSE(flaw_of_own_folder(folder.path() / "link", {}));
  EXPECT_FALSE(flaw_of_own_folder(folder.path() / "link/new", {}));
}

TEST(OwnFolder, CannotBeAFileOrBelowOne) {
  const test::TemporaryFolder folder;
  const fs::path file = folder.write("file", "");
  for (const fs::path& path : {file, file / "below"}) {
    const auto flaw = flaw_of_own_folder(path, {});
    ASSERT_TRUE(flaw);
    EXPECT_TRUE(flaw->unusable);
    EXPECT_EQ(flaw->text, file.string() + " is no folder");
  }
}

TEST(OwnFolder, ThatOthersMayWriteIsNamedWithTheRemedyAndUsed) {
  const test::TemporaryFolder folder;
  fs::create_directories(folder.path() / "above/state");
  const fs::path above = folder.path() / "above";
  for (const fs::path& path : {above, above / "state"}) {
    fs::permissions(path, static_cast<fs::perms>(0777));
    const auto flaw = flaw_of_own_folder(above / "state", {});
    ASSERT_TRUE(flaw);
    EXPECT_FALSE(flaw->unusable);
    EXPECT_THAT(flaw->text, HasSubstr(path.string() + " belongs to "));
    EXPECT_THAT(flaw->text, HasSubstr("has mode 0777, so others can change what is in it"));
    EXPECT_EQ(flaw->remedy, "chmod go-w " + path.string());
    fs::permissions(path, static_cast<fs::perms>(0755));
  }
}

TEST(OwnFolder, OfTheSameUserDoesNotChangeTheUserOfTheProcess) {
  const test::TemporaryFolder folder;
  EXPECT_EQ(become_owner_of(folder.path() / "not/yet"), std::nullopt);
}

}  // namespace
}  // namespace cardmute::platform
