// Tests reading a file and finding out who could have written it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <string>
#include <thread>

#include "platform/paths.hpp"
#include "platform/trusted_file.hpp"
#include "temporary_folder.hpp"

namespace cardmute::platform {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

constexpr uid_t kStranger = 12'345;
constexpr std::size_t kMaximum_bytes = 1000;

void set_mode(const fs::path& path, int mode) {
  fs::permissions(path, static_cast<fs::perms>(mode));
}

// Only root can create files that root owns.
class AdministratorsFile : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!is_administrator()) {
      GTEST_SKIP() << "needs root";
    }
    file_ = folder_.write("etc/config.json", "{}");
    set_mode(file_, 0644);
    set_mode(file_.parent_path(), 0755);
  }
  [[nodiscard]] const fs::path& file() const { return file_; }
  [[nodiscard]] fs::path above() const { return file_.parent_path().parent_path(); }
  // Replaces the file with a link to a file elsewhere, and returns the path of the file elsewhere.
  fs::path link_elsewhere() {
    const fs::path end = elsewhere_.write("deep/config.json", "{}");
    fs::remove(file_);
    fs::create_symlink(end, file_);
    return end;
  }

 private:
  test::TemporaryFolder folder_;
  test::TemporaryFolder elsewhere_;
  fs::path file_;
};

TEST_F(AdministratorsFile, OfRootAloneIsSafe) {
  EXPECT_EQ(writable_by_others(file()), std::nullopt);
}

TEST_F(AdministratorsFile, WritableByGroupOrOthersIsNamedWithTheRemedy) {
  for (const int mode : {0664, 0646, 0666}) {
    set_mode(file(), mode);
    EXPECT_THAT(writable_by_others(file()).value_or(""),
                HasSubstr("chmod go-w " + file().string()));
  }
}

TEST_F(AdministratorsFile, InAFolderThatOthersWriteIsUnsafe) {
  set_mode(file().parent_path(), 0777);
  EXPECT_THAT(writable_by_others(file()).value_or(""),
              HasSubstr("chmod go-w " + file().parent_path().string()));
}

TEST_F(AdministratorsFile, OfAnotherOwnerIsUnsafe) {
  ASSERT_EQ(chown(file().c_str(), kStranger, kStranger), 0);
  EXPECT_THAT(
      writable_by_others(file()).value_or(""),
      HasSubstr("belongs to user 12345 and has mode 0644; expected: root; do: sudo chown -h root"));
}

TEST_F(AdministratorsFile, BelowAFolderThatOthersWriteIsUnsafeHoweverFarAbove) {
  set_mode(above(), 0777);
  EXPECT_THAT(writable_by_others(file()).value_or(""),
              HasSubstr(above().string() + " belongs to root and has mode 0777"));
  // With the sticky bit, users can remove only their own files there.
  set_mode(above(), 01777);
  EXPECT_EQ(writable_by_others(file()), std::nullopt);
}

TEST_F(AdministratorsFile, BelowAFolderOfAnotherOwnerIsUnsafe) {
  ASSERT_EQ(chown(above().c_str(), kStranger, kStranger), 0);
  EXPECT_THAT(writable_by_others(file()).value_or(""), HasSubstr(above().string() + " belongs"));
}

TEST_F(AdministratorsFile, BehindALinkIsCheckedOnBothPaths) {
  const fs::path end = link_elsewhere();
  EXPECT_EQ(writable_by_others(file()), std::nullopt);
  for (const fs::path& path : {end.parent_path().parent_path(), end.parent_path(), end}) {
    const auto mode = fs::status(path).permissions();
    set_mode(path, 0777);
    EXPECT_THAT(writable_by_others(file()).value_or(""), HasSubstr(path.string() + " belongs"));
    fs::permissions(path, mode);
  }
  set_mode(file().parent_path(), 0777);
  EXPECT_THAT(writable_by_others(file()).value_or(""), HasSubstr(file().parent_path().string()));
}

TEST_F(AdministratorsFile, BehindALinkOfAnotherOwnerIsUnsafe) {
  link_elsewhere();
  ASSERT_EQ(lchown(file().c_str(), kStranger, kStranger), 0);
  EXPECT_THAT(writable_by_others(file()).value_or(""), HasSubstr(file().string() + " belongs"));
}

TEST_F(AdministratorsFile, InAFolderThatIsALinkIsFoundByItsRealPath) {
  const fs::path link = above() / "link";
  fs::create_directory_symlink("etc/../etc", link);
  const FileText read = read_file(link / "config.json", kMaximum_bytes, Writers::root);
  EXPECT_EQ(read.text, "{}");
  set_mode(file(), 0666);
  EXPECT_THAT(read_file(link / "config.json", kMaximum_bytes, Writers::root).unsafe,
              HasSubstr(file().string() + " belongs"));
}

TEST_F(AdministratorsFile, IsNotReadWhenItIsUnsafe) {
  EXPECT_EQ(read_file(file(), kMaximum_bytes, Writers::root).text, "{}");
  set_mode(file(), 0666);
  const FileText read = read_file(file(), kMaximum_bytes, Writers::root);
  EXPECT_EQ(read.text, std::nullopt);
  EXPECT_THAT(read.unsafe, HasSubstr("chmod go-w"));
}

TEST_F(AdministratorsFile, ThatIsAPipeOrAFolderIsNotOpened) {
  fs::remove(file());
  ASSERT_EQ(mkfifo(file().c_str(), 0600), 0);
  EXPECT_EQ(read_file(file(), kMaximum_bytes, Writers::root).flaw, "a device or pipe");
  EXPECT_EQ(read_file(file().parent_path(), kMaximum_bytes, Writers::root).flaw, "a folder");
}

TEST(MachineFileThatIsMissing, IsNotCalledSafe) {
  EXPECT_TRUE(writable_by_others("/nowhere/config.json").has_value());
  const test::TemporaryFolder folder;
  fs::create_symlink("loop", folder.path() / "loop");
  EXPECT_TRUE(writable_by_others(folder.path() / "loop").has_value());
}

TEST(OnesOwnFile, MayBeALinkAndIsReadWhoeverElseCouldWriteIt) {
  const test::TemporaryFolder folder;
  const fs::path file = folder.write("dotfiles/config.json", "{}");
  fs::create_symlink("dotfiles/config.json", folder.path() / "config.json");
  const FileText own = read_file(folder.path() / "config.json", kMaximum_bytes, Writers::anybody);
  EXPECT_EQ(own.text, "{}");
  EXPECT_EQ(own.unsafe, "");
  set_mode(file, 0666);
  const FileText loose = read_file(folder.path() / "config.json", kMaximum_bytes, Writers::anybody);
  EXPECT_EQ(loose.text, "{}");
  EXPECT_THAT(loose.unsafe, HasSubstr("chmod go-w"));
}

TEST(OnesOwnFile, ThatOthersCanReplaceIsUnsafeHoweverFarAbove) {
  const test::TemporaryFolder folder;
  const fs::path file = folder.write("home/config/code", "");
  fs::create_symlink("home/config/code", folder.path() / "link");
  EXPECT_EQ(writable_by_others(folder.path() / "link", Owner::this_user), std::nullopt);
  const fs::path home = folder.path() / "home";
  set_mode(home, 0777);
  EXPECT_THAT(writable_by_others(folder.path() / "link", Owner::this_user).value_or(""),
              HasSubstr("so other users can write it; do: chmod go-w " + home.string()));
  const FileText read = read_file(file, kMaximum_bytes, Writers::anybody);
  EXPECT_EQ(read.text, "");
  EXPECT_THAT(read.unsafe, HasSubstr(home.string()));
  if (!is_administrator()) return;
  set_mode(home, 0755);
  ASSERT_EQ(chown(home.c_str(), kStranger, kStranger), 0);
  EXPECT_THAT(writable_by_others(file, Owner::this_user).value_or(""),
              HasSubstr("expected: root; do: sudo chown -h root " + home.string()));
}

class SecretFile : public ::testing::Test {
 protected:
  void SetUp() override {
    file_ = folder_.write("home/code", "secret");
    set_mode(folder_.path(), 0755);
    set_mode(file_.parent_path(), 0755);
    set_mode(file_, 0644);
  }
  [[nodiscard]] std::string found(Owner owner = Owner::this_user) const {
    return readable_by_others(file_, owner).value_or("nobody");
  }

  test::TemporaryFolder folder_;
  fs::path file_;
};

TEST_F(SecretFile, ThatOthersCanReadIsNamedWithTheCommandThatMendsIt) {
  EXPECT_THAT(found(), HasSubstr("so other users can read it; do: chmod 600 " + file_.string()));
  set_mode(file_, 0600);
  EXPECT_EQ(found(), "nobody");
}

TEST_F(SecretFile, InAFolderThatOthersCannotEnterIsSafe) {
  set_mode(file_.parent_path(), 0700);
  EXPECT_EQ(found(), "nobody");
  fs::create_directory(folder_.path() / "open");
  fs::create_hard_link(file_, folder_.path() / "open/code");
  fs::create_symlink("../open/code", file_.parent_path() / "link");
  EXPECT_THAT(readable_by_others(file_.parent_path() / "link", Owner::this_user).value_or("nobody"),
              HasSubstr("open/code"))
      << "where the link leads, others can read it";
}

TEST_F(SecretFile, OfRootMayBeReadByAGroup) {
  EXPECT_THAT(found(Owner::root), HasSubstr("sudo chmod 0640 " + file_.string()));
  set_mode(file_, 0640);
  EXPECT_EQ(found(Owner::root), "nobody");
  if (!is_administrator()) return;
  ASSERT_EQ(chown(file_.c_str(), 0, kStranger), 0);
  EXPECT_EQ(found(Owner::root), "nobody");
  EXPECT_THAT(found(Owner::this_user), HasSubstr("chmod 600")) << "a group of others";
}

TEST(OnesOwnFile, IsReadToTheMaximum) {
  const test::TemporaryFolder folder;
  const fs::path file = folder.write("a", std::string(kMaximum_bytes + 1, 'x'));
  EXPECT_EQ(read_file(file, kMaximum_bytes, Writers::anybody).text,
            std::string(kMaximum_bytes, 'x'));
  EXPECT_THAT(read_file(folder.path() / "b", kMaximum_bytes, Writers::anybody).flaw,
              HasSubstr("cannot be read (No such file"));
  EXPECT_EQ(read_file(folder.path(), kMaximum_bytes, Writers::anybody).flaw, "a folder");
}

// A path at which a safe file and an unsafe one take turns, as fast as another thread can rename.
class SwappedFile {
 public:
  SwappedFile() {
    set_mode(folder_.write("safe", "safe"), 0644);
    set_mode(folder_.write("unsafe", "unsafe"), 0666);
    swap("safe");
    thread_ = std::jthread([this](const std::stop_token& stop) {
      while (!stop.stop_requested()) {
        swap("unsafe");
        swap("safe");
      }
    });
  }
  [[nodiscard]] fs::path path() const { return folder_.path() / "file"; }

 private:
  void swap(const char* name) {
    const fs::path next = folder_.path() / "next";
    fs::create_hard_link(folder_.path() / name, next);
    fs::rename(next, path());
    // rename() does nothing if both are links to one file.
    fs::remove(next);
  }

  test::TemporaryFolder folder_;
  std::jthread thread_;  // the last member, so that it ends before the folder is deleted
};

TEST(FileThatIsSwappedMeanwhile, IsJudgedByOwnerAndModeOfWhatWasRead) {
  constexpr int kSwaps_seen = 500;
  constexpr int kMost_reads = 200'000;
  const SwappedFile file;
  std::string last;
  int swaps = 0;
  for (int reads = 0; swaps < kSwaps_seen && reads < kMost_reads; ++reads) {
    const FileText read = read_file(file.path(), kMaximum_bytes, Writers::anybody);
    ASSERT_TRUE(read.text.has_value()) << read.flaw;
    ASSERT_EQ(read.unsafe.empty(), *read.text == "safe") << *read.text << ": " << read.unsafe;
    swaps += *read.text == last ? 0 : 1;
    last = *read.text;
  }
  EXPECT_EQ(swaps, kSwaps_seen);
}

TEST(WayStamp, ChangesWithTheModeOfAnyFolderAbove) {
  const test::TemporaryFolder folder;
  const fs::path file = folder.write("a/b/c", "");
  const std::string before = way_stamp(file);
  EXPECT_EQ(way_stamp(file), before);
  folder.write("a/other", "");
  EXPECT_EQ(way_stamp(file), before) << "other files in the folder do not matter";
  set_mode(folder.path() / "a", 0700);
  const std::string changed = way_stamp(file);
  EXPECT_NE(changed, before);
  fs::remove(file);
  EXPECT_NE(way_stamp(file), changed);
}

}  // namespace
}  // namespace cardmute::platform
