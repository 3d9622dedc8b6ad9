// Tests that the store records the minutes in which a host ran.
#include <gtest/gtest.h>

#include "store/minutes.hpp"
#include "store_rig.hpp"

namespace cardmute::store {
namespace {

using std::chrono::minutes;

class StoreMinutes : public testing::Test {
 protected:
  std::vector<Minute> all(std::optional<UtcTime> since = {}) {
    std::vector<Minute> found;
    const auto problem =
        read_minutes(rig.file(), since, [&](const Minute& minute) { found.push_back(minute); });
    EXPECT_FALSE(problem.has_value()) << *problem;
    return found;
  }
  void ran(Store& store, Minute minute) {
    store.ran(minute);
    store.rest(rig.now);
  }

  Rig rig;
};

TEST_F(StoreMinutes, AreSharedByAllProcessesAndKeepACallThatAnyOfThemSaw) {
  EXPECT_TRUE(all().empty()) << "there is no store yet";
  const auto one = rig.host({"boot", 1, 1});
  const auto two = rig.host({"boot", 2, 2}, kChromium);
  ran(*one, {minutes(1000), std::nullopt});
  ran(*two, {minutes(1000), false});
  ran(*one, {minutes(1000), std::nullopt});
  EXPECT_EQ(all(), (std::vector<Minute>{{minutes(1000), false}}));
  ran(*one, {minutes(1000), true});
  ran(*two, {minutes(1000), false});
  ran(*two, {minutes(1001), std::nullopt});
  const std::vector<Minute> both{{minutes(1000), true}, {minutes(1001), std::nullopt}};
  EXPECT_EQ(all(), both);
  EXPECT_EQ(all(minutes(1001)).size(), 1U);
}

TEST_F(StoreMinutes, AreKeptForALimitedTime) {
  const auto one = rig.host({"boot", 1, 1});
  ran(*one, {minutes(1000), true});
  ran(*one, {minutes(1000) + std::chrono::days(kKept_days), true});
  EXPECT_EQ(all().size(), 2U);
  ran(*one, {minutes(1001) + std::chrono::days(kKept_days), true});
  EXPECT_EQ(all().size(), 2U);
}

}  // namespace
}  // namespace cardmute::store
