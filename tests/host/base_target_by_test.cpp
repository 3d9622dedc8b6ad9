// Tests the names of targets on the wire and in files.
#include <gtest/gtest.h>

#include "base/target_by.hpp"

namespace cardmute {
namespace {

TEST(TargetBy, HasTheNamesThatTheWireAndTheStoreKnow) {
  EXPECT_EQ(name_of(TargetBy::extension), "extension");
  EXPECT_EQ(name_of(TargetBy::call), "ivrid");
  EXPECT_EQ(name_of(TargetBy::each_call), "call");
}

TEST(TargetBy, IsFoundByItsName) {
  for (const auto by : {TargetBy::extension, TargetBy::call, TargetBy::each_call}) {
    EXPECT_EQ(target_by_named(name_of(by)), by);
  }
  for (const char* other : {"", "Call", "extensions"}) {
    EXPECT_EQ(target_by_named(other), std::nullopt) << other;
  }
}

}  // namespace
}  // namespace cardmute
