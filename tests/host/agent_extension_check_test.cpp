// Tests the check of an extension that the agent has entered: how long it waits for its turn to
// request the list of active calls, and that it sends one request.
#include <gtest/gtest.h>

#include "agent/extension_check.hpp"

namespace cardmute::agent {
namespace {

using std::chrono::milliseconds;

TEST(ExtensionCheckTest, WaitsForItsTurnUpToTheLimit) {
  const engine::Steady now{};
  ExtensionCheck check;
  EXPECT_FALSE(check.busy());
  check.begin({7, "API1API", nullptr}, now);
  EXPECT_EQ(check.due(), now);
  const auto latest = now + milliseconds(kCheckWait_ms);
  EXPECT_TRUE(check.wait_until(latest));
  EXPECT_EQ(check.due(), latest);
  EXPECT_FALSE(check.wait_until(latest + milliseconds(1)));
}

TEST(ExtensionCheckTest, IsSentOnceAndReturnsWhatWasChecked) {
  ExtensionCheck check;
  check.begin({7, "API1API", nullptr}, {});
  check.sent();
  EXPECT_EQ(check.due(), std::nullopt);
  EXPECT_TRUE(check.busy());
  const auto answer = check.finish();
  EXPECT_EQ(answer.id, 7U);
  EXPECT_EQ(answer.extension, "API1API");
  EXPECT_FALSE(check.busy());
}

}  // namespace
}  // namespace cardmute::agent
