// The list of active calls among several processes: one asks, all know.
#include <gtest/gtest.h>

#include "store_rig.hpp"

namespace cardmute::store {
namespace {

constexpr int kInterval_ms = 5000;

const platform::ProcessIdentity kOne{"boot", 1, 10};
const platform::ProcessIdentity kTwo{"boot", 2, 20};
const platform::ProcessIdentity kAfterRestart{"another boot", 1, 10};

engine::KnownCalls calls_of(const Rig& rig) {
  return {rig.now.steady,
          {.error = std::nullopt,
           .complete = true,
           .calls = {{"1", true, true}, {"2", false, std::nullopt}, {"3", true, false}}}};
}

TEST(StoreQuestions, AreAskedByOneAtATimeAndAfterTheInterval) {
  Rig rig;
  const auto one = rig.host(kOne);
  const auto two = rig.host(kTwo, kChromium);
  EXPECT_EQ(one->begin_question(kInterval_ms, rig.now), std::nullopt);
  const auto asked = rig.now.steady;
  rig.pass(kInterval_ms - 1);
  EXPECT_EQ(two->begin_question(kInterval_ms, rig.now),
            asked + std::chrono::milliseconds(kInterval_ms));
  rig.pass(1);
  EXPECT_EQ(two->begin_question(kInterval_ms, rig.now), std::nullopt);
  EXPECT_NE(one->begin_question(kInterval_ms, rig.now), std::nullopt);
}

TEST(StoreQuestions, AnAnswerIsKnownToAll) {
  Rig rig;
  const auto one = rig.host(kOne);
  const auto two = rig.host(kTwo, kChromium);
  EXPECT_EQ(rig.look(*two).calls, std::nullopt);
  one->begin_question(kInterval_ms, rig.now);
  const auto calls = calls_of(rig);
  EXPECT_EQ(one->listed(calls, rig.now).calls, calls);
  EXPECT_EQ(rig.look(*two).calls, calls);
}

TEST(StoreQuestions, AnOlderAnswerDoesNotReplaceANewerOne) {
  Rig rig;
  const auto one = rig.host(kOne);
  one->begin_question(kInterval_ms, rig.now);
  auto older = calls_of(rig);
  older.list.calls.clear();
  rig.pass(1);
  const auto newer = calls_of(rig);
  one->listed(newer, rig.now);
  EXPECT_EQ(one->listed(older, rig.now).calls, newer);
}

TEST(StoreQuestions, OfAnEarlierStartOfTheMachineSayNothing) {
  Rig rig;
  const auto one = rig.host(kOne);
  one->begin_question(kInterval_ms, rig.now);
  one->listed(calls_of(rig), rig.now);
  const auto after = rig.host(kAfterRestart);
  EXPECT_EQ(rig.look(*after).calls, std::nullopt);
  EXPECT_EQ(after->begin_question(kInterval_ms, rig.now), std::nullopt);
}

TEST(StoreQuestions, AnIvridThatCouldBeTwoIsLeftOut) {
  Rig rig;
  const auto one = rig.host(kOne);
  one->begin_question(kInterval_ms, rig.now);
  auto calls = calls_of(rig);
  calls.list.calls.push_back({"4 1 1\n5", true, true});
  EXPECT_EQ(one->listed(calls, rig.now).calls, calls_of(rig));
}

}  // namespace
}  // namespace cardmute::store
