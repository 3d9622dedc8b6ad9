// Tests MuteTimes: how long calls were muted on each day.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/mute_times.hpp"

namespace cardmute::cli {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::HasSubstr;

constexpr UtcTime kNoon = std::chrono::days(20'000) + hours(12);  // 2024-10-04

store::Entry request(const char* command, UtcTime at, std::string outcome = store::kAcknowledged,
                     std::string call = "API1API") {
  store::Entry entry;
  entry.kind = store::EntryKind::request;
  entry.command = command;
  entry.at = at;
  entry.outcome = std::move(outcome);
  entry.target = store::Target{TargetBy::extension, std::move(call)};
  return entry;
}

store::Entry repeated(UtcTime at, UtcTime last_at) {
  store::Entry entry = request("mute", at);
  entry.last_at = last_at;
  return entry;
}

// Records that a host runs for the time `lasted` from `from` on. `call`: whether the list of active
// calls contains a call; nullopt: the list is not read.
void run(MuteTimes& times, UtcTime from, minutes lasted, std::optional<bool> call) {
  for (auto minute = store::minute_of(from); minute < from + lasted; ++minute) {
    times.add(store::Minute{minute, call});
  }
}

TEST(MuteTimes, LastFromTheAcknowledgementToThatOfTheUnmute) {
  MuteTimes times;
  times.add(request("mute", kNoon, "timeout"));
  times.add(repeated(kNoon + seconds(1), kNoon + seconds(59)));
  times.add(request("unmute", kNoon + seconds(60), "refused"));
  times.add(request("unmute", kNoon + seconds(61)));
  run(times, kNoon, minutes(10), std::nullopt);
  const auto days = times.days();
  ASSERT_EQ(days.size(), 1U);
  EXPECT_EQ(days[0].mutes, 1);
  EXPECT_EQ(days[0].muted, seconds(60));
  EXPECT_EQ(days[0].longest, seconds(60));
  EXPECT_EQ(days[0].of, minutes(10));
  EXPECT_FALSE(days[0].of_calls);
  EXPECT_THAT(times.text(), HasSubstr("2024-10-04: 1 mute, together 1.0 min, the longest 1.0 min: "
                                      "10 % of the time in which a browser with CardMute ran "
                                      "(10.0 min)"));
  EXPECT_THAT(times.text(), HasSubstr("The longest mute: 1.0 min, on 2024-10-04"));
  EXPECT_DOUBLE_EQ(times.as_json()["days"][0]["share"], 0.1);
  EXPECT_EQ(times.as_json()["days"][0]["of"], "browser");
  EXPECT_EQ(times.as_json()["longest_ms"], 60'000);
}

TEST(MuteTimes, AreComparedWithTheCallsIfTheListWasRead) {
  MuteTimes times;
  times.add(request("mute", kNoon));
  times.add(request("unmute", kNoon + minutes(1)));
  run(times, kNoon, minutes(4), true);
  run(times, kNoon + minutes(4), minutes(50), false);
  run(times, kNoon + minutes(54), minutes(2), std::nullopt);
  EXPECT_EQ(times.days()[0].of, minutes(4));
  EXPECT_THAT(times.text(), HasSubstr("25 % of the time with a call (4.0 min)"));
  run(times, kNoon + minutes(60), minutes(50), std::nullopt);
  EXPECT_EQ(times.days()[0].of, minutes(106)) << "most of the day's calls are not known";
}

// With the target "call", each call has a mute of its own.
TEST(MuteTimes, OfSeveralCallsAtTheSameTimeCountOnce) {
  MuteTimes times;
  times.add(request("mute", kNoon, store::kAcknowledged, "one"));
  times.add(request("mute", kNoon + seconds(10), store::kAcknowledged, "two"));
  times.add(request("unmute", kNoon + seconds(20), store::kAcknowledged, "one"));
  times.add(request("unmute", kNoon + seconds(40), store::kAcknowledged, "two"));
  const auto days = times.days();
  EXPECT_EQ(days[0].muted, seconds(40));
  EXPECT_EQ(days[0].longest, seconds(30));
  EXPECT_EQ(days[0].mutes, 2);
  EXPECT_THAT(times.text(), HasSubstr("how long calls or browsers lasted is not known"));
  EXPECT_TRUE(times.as_json()["days"][0]["share"].is_null());
}

TEST(MuteTimes, WithoutAnUnmuteLastToTheLastRepetition) {
  MuteTimes times;
  times.add(repeated(kNoon, kNoon + seconds(30)));
  times.add(request("unmute", kNoon + seconds(31), "unknown"));
  times.add(repeated(kNoon + hours(1), kNoon + hours(1) + seconds(5)));
  times.add(request("unmute", kNoon + hours(3)));
  const auto days = times.days();
  EXPECT_EQ(days[0].mutes, 2);
  EXPECT_EQ(days[0].muted, seconds(35));
  EXPECT_EQ(days[0].longest, seconds(30));
}

TEST(MuteTimes, OverMidnightBelongToBothDays) {
  MuteTimes times;
  const UtcTime midnight = kNoon + hours(12);
  times.add(repeated(midnight - minutes(2), midnight + minutes(3)));
  times.add(request("unmute", midnight + minutes(3)));
  const auto days = times.days();
  ASSERT_EQ(days.size(), 2U);
  EXPECT_EQ(days[0].muted, minutes(2));
  EXPECT_EQ(days[1].muted, minutes(3));
  EXPECT_EQ(days[0].mutes, 1);
  EXPECT_EQ(days[1].longest, minutes(5));
}

TEST(MuteTimes, AreEmptyWithoutEntries) {
  EXPECT_EQ(MuteTimes().text(), "");
  EXPECT_TRUE(MuteTimes().as_json()["days"].empty());
}

}  // namespace
}  // namespace cardmute::cli
