// Tests paths, permissions, writing files, and identifying processes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <limits>
#include <string>

#include "platform/paths.hpp"
#include "platform/process.hpp"
#include "temporary_folder.hpp"

namespace cardmute::platform {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

// Sets an environment variable for one test.
class Variable {
 public:
  Variable(const char* name, const char* value) : name_(name), before_(environment(name)) {
    setenv(name, value, 1);
  }
  ~Variable() {
    if (before_) {
      setenv(name_, before_->c_str(), 1);
    } else {
      unsetenv(name_);
    }
  }
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;

 private:
  const char* name_;
  std::optional<std::string> before_;
};

mode_t mode_of(const fs::path& path) {
  struct stat entry {};
  EXPECT_EQ(stat(path.c_str(), &entry), 0);
  return entry.st_mode & 07777;
}

TEST(Environment, EmptyCountsAsUnset) {
  const Variable variable("CARDMUTE_TEST", "");
  EXPECT_EQ(environment("CARDMUTE_TEST"), std::nullopt);
  const Variable set("CARDMUTE_TEST", "x");
  EXPECT_EQ(environment("CARDMUTE_TEST"), "x");
}

#ifndef __APPLE__
TEST(Paths, FollowTheEnvironment) {
  const Variable home("HOME", "/home/someone");
  const Variable config("XDG_CONFIG_HOME", "");
  const Variable state("XDG_STATE_HOME", "");
  EXPECT_EQ(home_directory(), "/home/someone");
  EXPECT_EQ(user_config_file(), "/home/someone/.config/cardmute/config.json");
  EXPECT_EQ(state_directory(), "/home/someone/.local/state/cardmute");
  EXPECT_EQ(machine_config_file(), "/etc/cardmute/config.json");
  const Variable relative("XDG_CONFIG_HOME", "relative");
  EXPECT_EQ(user_config_file(), "/home/someone/.config/cardmute/config.json");
  const Variable elsewhere("XDG_CONFIG_HOME", "/elsewhere");
  EXPECT_EQ(user_config_file(), "/elsewhere/cardmute/config.json");
  const Variable state_elsewhere("XDG_STATE_HOME", "/state");
  EXPECT_EQ(state_directory(), "/state/cardmute");
}
#endif

TEST(Paths, KnowThisProgram) {
  EXPECT_TRUE(executable_path().is_absolute());
  EXPECT_TRUE(can_execute(executable_path()));
  EXPECT_FALSE(can_execute(executable_path().parent_path()));
}

TEST(WritingAFile, ReplacesItWithTheGivenPermissionsAndLeavesNothingElse) {
  const test::TemporaryFolder folder;
  const fs::path file = folder.path() / "a.json";
  const mode_t before = umask(077);
  write_file_atomically(file, "old", Readers::everyone);
  EXPECT_EQ(mode_of(file), 0644U);
  write_file_atomically(file, "new");
  umask(before);
  EXPECT_EQ(mode_of(file), 0600U);
  EXPECT_EQ(test::read_text(file), "new");
  EXPECT_EQ(std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator()), 1);
}

TEST(WritingAFile, SaysWhereItFailed) {
  const test::TemporaryFolder folder;
  try {
    write_file_atomically(folder.path() / "missing/a.json", "text");
    FAIL();
  } catch (const std::system_error& error) {
    EXPECT_THAT(error.what(), HasSubstr((folder.path() / "missing").string()));
  }
  fs::create_directory(folder.path() / "folder");
  EXPECT_THROW(write_file_atomically(folder.path() / "folder", "text"), std::system_error);
  EXPECT_EQ(std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator()), 1);
}

TEST(MakingFolders, LetsEveryoneReadThemWhateverTheUmask) {
  const test::TemporaryFolder folder;
  fs::create_directory(folder.path() / "a");
  fs::permissions(folder.path() / "a", static_cast<fs::perms>(0700));
  const mode_t before = umask(077);
  create_public_folders(folder.path() / "a/b/c");
  create_public_folders(folder.path() / "a/b/c");
  umask(before);
  EXPECT_EQ(mode_of(folder.path() / "a"), 0700U);
  EXPECT_EQ(mode_of(folder.path() / "a/b"), 0755U);
  EXPECT_EQ(mode_of(folder.path() / "a/b/c"), 0755U);
  folder.write("file", "");
  EXPECT_THROW(create_public_folders(folder.path() / "file/x"), std::system_error);
}

TEST(FileStamp, ChangesWithContentAndPermissions) {
  const test::TemporaryFolder folder;
  EXPECT_EQ(file_stamp(folder.path() / "a"), "");
  const fs::path file = folder.write("a", "one");
  const std::string first = file_stamp(file);
  EXPECT_EQ(first, file_stamp(file));
  write_file_atomically(file, "two");
  EXPECT_NE(first, file_stamp(file));
}

TEST(Process, IsAliveUntilItEnds) {
  EXPECT_TRUE(process_is_alive(process_id()));
  EXPECT_FALSE(process_is_alive(0));
  EXPECT_FALSE(process_is_alive(-1));
  EXPECT_FALSE(process_is_alive(std::numeric_limits<std::int64_t>::max()));
  std::array<int, 2> held{};
  ASSERT_EQ(pipe(held.data()), 0);
  const pid_t child = fork();
  if (child == 0) {
    char byte = 0;
    close(held[1]);
    _exit(static_cast<int>(read(held[0], &byte, 1)));
  }
  EXPECT_TRUE(process_is_alive(child));
  close(held[0]);
  close(held[1]);
#ifdef __linux__
  siginfo_t ended{};
  ASSERT_EQ(waitid(P_PID, static_cast<id_t>(child), &ended, WEXITED | WNOWAIT), 0);
  EXPECT_FALSE(process_is_alive(child)) << "it has ended, although its exit code was not read";
#endif
  ASSERT_EQ(waitpid(child, nullptr, 0), child);
  EXPECT_FALSE(process_is_alive(child));
}

TEST(Process, IsIdentifiedByItsBootPidAndStartTime) {
  const ProcessIdentity self = this_process();
  EXPECT_EQ(self.pid, process_id());
  EXPECT_EQ(self, this_process());
  EXPECT_NE(self.boot, "");
  EXPECT_GT(self.started, 0);
  EXPECT_TRUE(process_is_alive(self));
  EXPECT_EQ(parent_process().pid, getppid());
  EXPECT_TRUE(process_is_alive(parent_process()));
  ProcessIdentity earlier = self;
  --earlier.started;
  EXPECT_FALSE(process_is_alive(earlier)) << "its PID was used again";
  ProcessIdentity before = self;
  before.boot = "another";
  EXPECT_FALSE(process_is_alive(before)) << "the machine was restarted";
}

#ifdef __linux__
TEST(Process, IsIdentifiedWhateverItsName) {
  std::array<int, 2> held{};
  std::array<int, 2> named{};
  ASSERT_EQ(pipe(held.data()), 0);
  ASSERT_EQ(pipe(named.data()), 0);
  const pid_t child = fork();
  if (child == 0) {
    char byte = 0;
    close(held[1]);
    // In /proc/PID/stat this name looks like the fields of a process that has ended and was started
    // at 7.
    prctl(PR_SET_NAME, "a) Z 7 (7) Z");
    byte = process_is_alive(this_process()) && this_process().started > 7 ? 'y' : 'n';
    if (write(named[1], &byte, 1) != 1) _exit(1);
    _exit(static_cast<int>(read(held[0], &byte, 1)));
  }
  char answer = 0;
  ASSERT_EQ(read(named[0], &answer, 1), 1);
  EXPECT_EQ(answer, 'y');
  EXPECT_TRUE(process_is_alive(child));
  for (const int fd : {held[0], held[1], named[0], named[1]}) close(fd);
  ASSERT_EQ(waitpid(child, nullptr, 0), child);
}
#endif

}  // namespace
}  // namespace cardmute::platform
