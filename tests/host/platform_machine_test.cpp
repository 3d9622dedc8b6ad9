// Tests how a computer is distinguished from others that use the same folder. Also tests secrets in
// memory and core dumps.
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <string>
#include <vector>

#include "platform/machine.hpp"
#include "platform/process.hpp"
#include "platform/secret.hpp"
#include "platform/system_identity.hpp"
#include "temporary_folder.hpp"

namespace cardmute::platform {
namespace {

namespace fs = std::filesystem;

TEST(MachineIdentity, IsTheSameEachTimeAndRevealsNothing) {
  EXPECT_EQ(machine_identity(), machine_identity());
  EXPECT_TRUE(machine_identity().empty() || machine_identity().size() == 16U);
}

TEST(MachineIdentity, IsOneOfAllIdentities) {
  EXPECT_TRUE(machine_identities().starts_with(machine_identity()));
  EXPECT_EQ(machine_identities().size() % 17, machine_identity().empty() ? 0U : 16U);
}

TEST(NetworkAddresses, AreThePermanentOnesOfBuiltInCards) {
  const test::TemporaryFolder folder;
  const auto add = [&](const std::string& name, const char* bus, const char* type,
                       const char* address) {
    folder.write(name + "/addr_assign_type", std::string(type) + "\n");
    folder.write(name + "/address", std::string(address) + "\n");
    if (bus == nullptr) return;
    fs::create_directories(folder.path() / name / "device");
    fs::create_symlink(std::string("../../../bus/") + bus,
                       folder.path() / name / "device/subsystem");
  };
  add("wlan0", "pci", "0", "52:54:00:00:00:02");
  add("eth0", "virtio", "0", "52:54:00:00:00:01");
  add("eth1", "usb", "0", "52:54:00:00:00:03");   // may be plugged into another computer
  add("wlan1", "pci", "3", "52:54:00:00:00:04");  // set by a program, or random
  add("docker0", nullptr, "0", "52:54:00:00:00:05");
  add("eth2", "pci", "0", "00:00:00:00:00:00");
  EXPECT_EQ(network_addresses(folder.path()),
            (std::vector<std::string>{"52:54:00:00:00:01", "52:54:00:00:00:02"}));
  EXPECT_TRUE(network_addresses(folder.path() / "missing").empty());
}

TEST(LocalFolder, IsLocalEvenBeforeItExists) {
  EXPECT_EQ(is_local_folder("/proc/self"), false) << "an unknown file system counts as shared";
  const test::TemporaryFolder folder;
  EXPECT_EQ(is_local_folder(folder.path() / "not/yet"), is_local_folder(folder.path()));
}

class LifeSigns : public ::testing::Test {
 protected:
  [[nodiscard]] fs::path file() const { return folder.path() / "state/alive/start"; }
  test::TemporaryFolder folder;
};

TEST_F(LifeSigns, AreSeenWhileAnyProcessHoldsThem) {
  EXPECT_FALSE(LifeSign::seen(file()));
  LifeSign one(file());
  LifeSign two(file());
  EXPECT_TRUE(one.give());
  EXPECT_TRUE(two.give());
  EXPECT_TRUE(LifeSign::seen(file()));
  one.give_up();
  EXPECT_TRUE(LifeSign::seen(file()));
  two.give_up();
  EXPECT_FALSE(LifeSign::seen(file()));
  EXPECT_FALSE(fs::exists(file())) << "nothing is left";
}

TEST_F(LifeSigns, EndWithTheProcessHoweverItEnds) {
  const pid_t child = fork();
  if (child == 0) {
    LifeSign sign(file());
    sign.give();
    raise(SIGKILL);
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_TRUE(fs::exists(file()));
  EXPECT_FALSE(LifeSign::seen(file()));
}

TEST_F(LifeSigns, AreGivenAgainAfterTheFileWasRemoved) {
  LifeSign one(file());
  ASSERT_TRUE(one.give());
  fs::remove_all(file().parent_path());
  EXPECT_FALSE(LifeSign::seen(file()));
  EXPECT_TRUE(one.give());
  EXPECT_TRUE(LifeSign::seen(file()));
}

TEST_F(LifeSigns, AreOnlyForTheirUser) {
  LifeSign one(file());
  ASSERT_TRUE(one.give());
  const auto others = fs::perms::group_all | fs::perms::others_all;
  EXPECT_EQ(fs::status(file()).permissions() & others, fs::perms::none);
  EXPECT_EQ(fs::status(file().parent_path()).permissions() & others, fs::perms::none);
}

TEST(Secret, LeavesNothingBehind) {
  std::string text(40, 'x');
  const char* memory = text.data();
  wipe(text);
  EXPECT_TRUE(text.empty());
  for (std::size_t i = 0; i < 40; ++i) EXPECT_EQ(memory[i], '\0');
}

TEST(Secret, IsWipedWhereItWasMovedFrom) {
  Secret one{"short"};
  const Secret two(std::move(one));
  EXPECT_EQ(two.value(), "short");
  EXPECT_TRUE(one.empty());  // NOLINT(bugprone-use-after-move): the test is about this
}

TEST(CoreDumps, AreForbidden) {
  const pid_t child = fork();
  if (child == 0) {
    forbid_core_dumps();
    rlimit limit{1, 1};
    getrlimit(RLIMIT_CORE, &limit);
    _exit(limit.rlim_cur == 0 && limit.rlim_max == 0 ? 0 : 1);
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

}  // namespace
}  // namespace cardmute::platform
