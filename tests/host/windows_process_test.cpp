// Tests how processes are found in Windows' list of all processes.
#include <gtest/gtest.h>

#include "platform/process.hpp"
#include "platform/windows_listed_process.hpp"

namespace cardmute::platform {
namespace {

// Both start times must agree, or a process of another user would count as dead.
TEST(WindowsProcess, TheListHasTheStartThatAProcessHasForItself) {
  const ProcessIdentity self = this_process();
  ASSERT_NE(self.started, 0);
  EXPECT_EQ(listed_start_of(static_cast<std::uint64_t>(self.pid)), self.started);
}

TEST(WindowsProcess, TheListHasNoProcessThatIsNotThere) {
  // PIDs are multiples of 4.
  EXPECT_EQ(listed_start_of(0x7FFF'FFFF), std::nullopt);
}

TEST(WindowsProcess, APidThatIsUsedAgainIsAnotherProcess) {
  ProcessIdentity earlier = this_process();
  EXPECT_TRUE(process_is_alive(earlier));
  --earlier.started;
  EXPECT_FALSE(process_is_alive(earlier));
}

}  // namespace
}  // namespace cardmute::platform
