// Tests the pauses that keep many workstations from sending at the same moment, or too often.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <set>

#include "engine/backoff.hpp"
#include "engine_rig.hpp"

namespace cardmute::engine {
namespace {

TEST(Engine, APauseThatTheServerAsksForEndsAtDifferentMoments) {
  constexpr int kMachines = 20;
  for (const int asked_ms : {5000, kLongestWait_ms - 1000, kLongestWait_ms, 600'000}) {
    std::set<int> ends_ms;
    for (std::uint32_t seed = 1; seed <= kMachines; ++seed) {
      Backoff backoff(seed);
      auto throttled = denied(ErrorCode::throttled, 429);
      throttled.retry_after_ms = asked_ms;
      ends_ms.insert(backoff.after(throttled, {}));
    }
    EXPECT_GT(ends_ms.size(), kMachines / 2) << asked_ms;
    EXPECT_LE(*ends_ms.rbegin(), kLongestWait_ms);
  }
}

// A rig with an unmute whose next attempt is some seconds away, because the network has been
// failing for a while.
Rig with_a_failing_unmute() {
  Rig rig;
  rig.open("a");
  rig.land(acknowledged());
  rig.close("a");
  for (int i = 0; i < 10; ++i) {
    rig.land(denied(ErrorCode::unreachable, 0));
    rig.pass(1'000'000);
  }
  rig.land(denied(ErrorCode::unreachable, 0));
  return rig;
}

TEST(Engine, AnUnmuteIsTriedAtOnceIfThereIsLittleTime) {
  Rig rig = with_a_failing_unmute();
  const auto before = rig.sends.size();
  rig.hurry();
  EXPECT_EQ(rig.sends.size(), before + 1);
}

TEST(Engine, AnUnmuteIsTriedAtOnceIfAPersonAsksForIt) {
  Rig rig = with_a_failing_unmute();
  const auto before = rig.sends.size();
  const auto ticket = rig.override_with(OverrideMode::automatic);
  EXPECT_EQ(rig.sends.size(), before + 1);
  rig.land(acknowledged());
  EXPECT_EQ(rig.answer(ticket), "ok");
}

TEST(Engine, APersonDoesNotShortenAPauseThatTheServerAskedFor) {
  Rig rig;
  rig.open("a");
  rig.land(acknowledged());
  rig.close("a");
  rig.land(denied(ErrorCode::throttled, 429));
  const auto before = rig.sends.size();
  rig.override_with(OverrideMode::automatic);
  EXPECT_EQ(rig.sends.size(), before);
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
