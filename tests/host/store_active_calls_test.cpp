// Tests that the list of active calls is shared: one process requests it for all.
#include <gtest/gtest.h>

#include "store_rig.hpp"

namespace cardmute::store {
namespace {

constexpr int kInterval_ms = 5000;
constexpr int kTimeout_ms = 2000;
constexpr CallsTurn kTurn{kInterval_ms, kTimeout_ms};

const platform::ProcessIdentity kAfterRestart{"another boot", 1, 10};

engine::KnownCalls calls_of(const Rig& rig) {
  return {rig.now.steady,
          {.error = std::nullopt,
           .complete = true,
           .calls = {{"1", true, true}, {"2", false, std::nullopt}, {"3", true, false}}}};
}

TEST(StoreActiveCalls, AreRequestedByOneProcessAtATimeAndTheIntervalCountsFromTheAnswer) {
  Rig rig;
  const auto one = rig.host(kOne);
  const auto two = rig.host(kTwo, kChromium);
  EXPECT_EQ(one->begin_calls_request(kTurn, rig.now), std::nullopt);
  // The request may still be on its way to the provider.
  rig.pass(kTimeout_ms - 1);
  EXPECT_NE(two->begin_calls_request(kTurn, rig.now), std::nullopt);
  one->end_calls_request(kTurn, rig.now);
  const auto answered = rig.now.steady;
  rig.pass(kInterval_ms - 1);
  EXPECT_EQ(two->begin_calls_request(kTurn, rig.now),
            answered + std::chrono::milliseconds(kInterval_ms));
  rig.pass(1);
  EXPECT_EQ(two->begin_calls_request(kTurn, rig.now), std::nullopt);
  EXPECT_NE(one->begin_calls_request(kTurn, rig.now), std::nullopt);
}

TEST(StoreActiveCalls, OfAProcessThatDiesLastUntilTheirTimeout) {
  Rig rig;
  const auto two = rig.host(kTwo, kChromium);
  rig.host(kOne)->begin_calls_request(kTurn, rig.now);
  const auto asked = rig.now.steady;
  EXPECT_EQ(two->begin_calls_request(kTurn, rig.now),
            asked + std::chrono::milliseconds(kTimeout_ms + kInterval_ms));
  rig.pass(kTimeout_ms + kInterval_ms);
  EXPECT_EQ(two->begin_calls_request(kTurn, rig.now), std::nullopt);
}

TEST(StoreActiveCalls, ALateAnswerDoesNotEndTheTurnOfAnother) {
  Rig rig;
  const auto one = rig.host(kOne);
  const auto two = rig.host(kTwo, kChromium);
  one->begin_calls_request(kTurn, rig.now);
  rig.pass(kTimeout_ms + kInterval_ms);
  two->begin_calls_request(kTurn, rig.now);
  const auto asked = rig.now.steady;
  rig.pass(1);
  one->end_calls_request(kTurn, rig.now);
  EXPECT_EQ(one->begin_calls_request(kTurn, rig.now),
            asked + std::chrono::milliseconds(kTimeout_ms + kInterval_ms));
}

TEST(StoreActiveCalls, OfAProcessThatWritesItsFirstLeaseMeanwhileEndWithTheirAnswer) {
  Rig rig;
  const auto one = rig.host(kOne);
  one->begin_calls_request(kTurn, rig.now);
  one->acquire({"a", "https://crm.example.com", "cc-number", false}, rig.now);
  one->end_calls_request(kTurn, rig.now);
  rig.pass(kInterval_ms);
  EXPECT_EQ(one->begin_calls_request(kTurn, rig.now), std::nullopt);
}

TEST(StoreActiveCalls, KeepTheIntervalOfEachProcessWithoutAStore) {
  Rig rig;
  std::filesystem::create_directories(rig.file());
  const auto one = rig.host(kOne);
  EXPECT_EQ(one->begin_calls_request(kTurn, rig.now), std::nullopt);
  EXPECT_NE(one->begin_calls_request(kTurn, rig.now), std::nullopt);
  one->end_calls_request(kTurn, rig.now);
  rig.pass(kInterval_ms - 1);
  EXPECT_NE(one->begin_calls_request(kTurn, rig.now), std::nullopt);
  rig.pass(1);
  EXPECT_EQ(one->begin_calls_request(kTurn, rig.now), std::nullopt);
}

// A host that has just started does not know when another host has requested the list, so it waits
// for as long as the turn of another can last.
TEST(StoreActiveCalls, WaitForTheStoresLockButNotLongerThanATurnLasts) {
  Rig rig;
  const auto one = rig.host(kOne);
  one->begin_calls_request(kTurn, rig.now);
  const auto two = rig.host(kTwo, kChromium);
  Database locker(rig.file().string(), SQLITE_OPEN_READWRITE, nullptr, 0);
  locker.execute("BEGIN IMMEDIATE");
  const auto began = rig.now.steady;
  const std::chrono::milliseconds longest_turn(kTimeout_ms + kInterval_ms);
  while (const auto until = two->begin_calls_request(kTurn, rig.now)) {
    EXPECT_EQ(*until, rig.now.steady + std::chrono::milliseconds(kLocked_ms));
    ASSERT_LT(rig.now.steady, began + longest_turn);
    rig.pass(kLocked_ms);
  }
  EXPECT_GE(rig.now.steady, began + longest_turn);
  // From now on the interval counts from its own requests.
  EXPECT_EQ(two->begin_calls_request(kTurn, rig.now), rig.now.steady + longest_turn);
}

TEST(StoreActiveCalls, AreAgainInTurnWhenTheStoresLockIsFree) {
  Rig rig;
  const auto one = rig.host(kOne);
  one->begin_calls_request(kTurn, rig.now);
  const auto asked = rig.now.steady;
  const auto two = rig.host(kTwo, kChromium);
  {
    Database locker(rig.file().string(), SQLITE_OPEN_READWRITE, nullptr, 0);
    locker.execute("BEGIN IMMEDIATE");
    EXPECT_NE(two->begin_calls_request(kTurn, rig.now), std::nullopt);
  }
  rig.pass(kLocked_ms);
  EXPECT_EQ(two->begin_calls_request(kTurn, rig.now),
            asked + std::chrono::milliseconds(kTimeout_ms + kInterval_ms));
}

TEST(StoreActiveCalls, AListIsKnownToAll) {
  Rig rig;
  const auto one = rig.host(kOne);
  const auto two = rig.host(kTwo, kChromium);
  EXPECT_EQ(rig.look(*two).calls, std::nullopt);
  one->begin_calls_request(kTurn, rig.now);
  const auto calls = calls_of(rig);
  EXPECT_EQ(one->listed(calls, rig.now).calls, calls);
  EXPECT_EQ(rig.look(*two).calls, calls);
}

TEST(StoreActiveCalls, AnOlderListDoesNotReplaceANewerOne) {
  Rig rig;
  const auto one = rig.host(kOne);
  one->begin_calls_request(kTurn, rig.now);
  auto older = calls_of(rig);
  older.list.calls.clear();
  rig.pass(1);
  const auto newer = calls_of(rig);
  one->listed(newer, rig.now);
  EXPECT_EQ(one->listed(older, rig.now).calls, newer);
}

TEST(StoreActiveCalls, OfAnEarlierBootSayNothing) {
  Rig rig;
  const auto one = rig.host(kOne);
  one->begin_calls_request(kTurn, rig.now);
  one->listed(calls_of(rig), rig.now);
  const auto after = rig.host(kAfterRestart);
  EXPECT_EQ(rig.look(*after).calls, std::nullopt);
  EXPECT_EQ(after->begin_calls_request(kTurn, rig.now), std::nullopt);
}

TEST(StoreActiveCalls, ACallWhoseIdHasABlankIsSkipped) {
  Rig rig;
  const auto one = rig.host(kOne);
  one->begin_calls_request(kTurn, rig.now);
  auto calls = calls_of(rig);
  calls.list.calls.push_back({"4 1 1\n5", true, true});
  EXPECT_EQ(one->listed(calls, rig.now).calls, calls_of(rig));
}

}  // namespace
}  // namespace cardmute::store
