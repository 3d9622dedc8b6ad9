// Pauses that keep many workstations from sending at the same moment, or too often.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <set>

#include "engine/backoff.hpp"
#include "engine_rig.hpp"

namespace cardmute::engine {
namespace {

TEST(Engine, APauseThatTheServerAsksForEndsAtDifferentMoments) {
  std::set<int> ends_ms;
  constexpr int kMachines = 20;
  for (std::uint32_t seed = 1; seed <= kMachines; ++seed) {
    Backoff backoff(seed);
    auto throttled = denied(ErrorCode::throttled, 429);
    throttled.retry_after_ms = 5000;
    ends_ms.insert(backoff.after(throttled, {}));
  }
  EXPECT_GT(ends_ms.size(), kMachines / 2);
}

TEST(Engine, AnUnmuteIsRepeatedLessOftenThanAMute) {
  for (const bool unmute : {false, true}) {
    Rig rig;
    rig.open("a");
    if (unmute) {
      rig.land(acknowledged());
      rig.close("a");
    }
    int longest_ms = 0;
    for (int i = 0; i < 20; ++i) {
      const int failed_at_ms = rig.now_ms;
      rig.land(denied(ErrorCode::unreachable, 0));
      rig.pass(1'000'000);
      longest_ms = std::max(longest_ms, rig.now_ms - failed_at_ms);
    }
    const int limit_ms = unmute ? kLongestUnmuteRetry_ms : kLongestRetry_ms;
    EXPECT_LE(longest_ms, limit_ms);
    EXPECT_GT(longest_ms, limit_ms / 2);
  }
}

}  // namespace
}  // namespace cardmute::engine
