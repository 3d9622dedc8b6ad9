// Tests what Voicenter's events say about an extension's calls, and what the reader leaves out.
#include <gtest/gtest.h>

#include "voicenter/extension_events.hpp"

namespace cardmute::voicenter {
namespace {

using std::chrono::seconds;

constexpr const char* kStatus = R"(["AllExtensionsStatus",{"errorCode":0,"errorDesc":"OK",
  "extensions":[
    {"calls":[{"ivrid":"other","answered":1}],"extenUser":"OTHER"},
    {"currentCall":{"ivrid":"wrong"},"calls":[
      {"ivrid":"2026a","answered":1,"callstatus":"Talking","callerphone":"0500000000",
       "callername":"Dana Customer","customdata":{"ivrid":"wrong"},"callStarted":1700000000,
       "callAnswered":1700000010,"recording":{"IsMuted":0,"Filename":"x"},"direction":"Incoming"},
      {"ivrid":"2026b","answered":0,"callstatus":"Ringing","callStarted":1700000050,
       "callAnswered":0}],"extenUser":"API1API","representative":"Agent"}],
  "servertime":1700000060,"servertimeoffset":2}])";

std::string event(const std::string& reason, const std::string& calls,
                  const std::string& more = "") {
  return R"(["ExtensionEvent",{"reason":")" + reason + R"(","eventName":"extension",)" + more +
         R"("servertime":1700000060,"data":{"extenUser":"API1API","calls":[)" + calls + "]}}]";
}

TEST(VoicenterEvents, CallsOfTheExtensionAreReadFromTheStatusOfAll) {
  const auto read = read_extension_event(kStatus, "API1API");
  ASSERT_TRUE(read);
  EXPECT_TRUE(read->names_extension);
  EXPECT_EQ(read->extensions, 2U);
  ASSERT_EQ(read->calls.size(), 2U);
  EXPECT_EQ(read->calls[0].ivrid, "2026a");
  EXPECT_TRUE(read->calls[0].answered);
  EXPECT_EQ(read->calls[0].since_s, 1700000010);
  EXPECT_EQ(read->calls[1].ivrid, "2026b");
  EXPECT_FALSE(read->calls[1].answered);
  EXPECT_EQ(read->calls[1].since_s, 1700000050);
}

TEST(VoicenterEvents, AnEventWithoutAListOfCallsSaysNothingAboutThem) {
  for (const char* calls : {"", R"(,"calls":null)", R"(,"calls":{})"}) {
    const auto read = read_extension_event(
        std::string(
            R"(["ExtensionEvent",{"reason":"userStatusUpdate","data":{"extenUser":"API1API")") +
            calls + "}}]",
        "API1API");
    ASSERT_TRUE(read) << calls;
    EXPECT_FALSE(call_list_of(*read, {}).complete) << calls;
  }
  EXPECT_TRUE(call_list_of(*read_extension_event(event("HANGUP", ""), "API1API"), {}).complete);
}

TEST(VoicenterEvents, ListSaysSinceWhenByThisComputersClockAndNeverThatACallIsMuted) {
  const UtcTime now = seconds(5'000'000'000);
  const auto list = call_list_of(*read_extension_event(kStatus, "API1API"), now);
  EXPECT_TRUE(list.usable());
  ASSERT_EQ(list.calls.size(), 2U);
  EXPECT_EQ(list.calls[0].since, now - seconds(50));
  EXPECT_EQ(list.calls[0].phase, engine::CallPhase::talking);
  EXPECT_EQ(list.calls[0].muted, std::nullopt);
  EXPECT_EQ(list.calls[1].phase, engine::CallPhase::ringing);
  EXPECT_FALSE(list.calls[1].answered);
}

TEST(VoicenterEvents, ACallThatTalksOrIsHeldCountsAsAnsweredWithoutAnAnswer) {
  for (const char* status : {"Talking", "Hold"}) {
    const auto read = read_extension_event(
        event("NEWCALL",
              std::string(R"({"ivrid":"a","answered":0,"callstatus":")") + status + "\"}"),
        "API1API");
    EXPECT_TRUE(call_list_of(*read, {}).calls.at(0).answered) << status;
  }
}

TEST(VoicenterEvents, ACallThatHasEndedIsNotListedAlthoughTheEventStillHasIt) {
  const std::string calls = R"({"ivrid":"a","answered":1},{"ivrid":"b","answered":1})";
  for (const char* key : {"ivruniqueid", "ivrUniqueId"}) {
    const auto read = read_extension_event(
        event("HANGUP", calls, "\"" + std::string(key) + "\":\"a\","), "API1API");
    const auto list = call_list_of(*read, {});
    ASSERT_EQ(list.calls.size(), 1U);
    EXPECT_EQ(list.calls[0].call_id, "b");
    EXPECT_EQ(list.ended, "a");
  }
}

TEST(VoicenterEvents, AnEventOfAnotherExtensionSaysNothingAboutThisOne) {
  const auto read = read_extension_event(event("NEWCALL", R"({"ivrid":"a"})"), "OTHER");
  ASSERT_TRUE(read);
  EXPECT_FALSE(read->names_extension);
  EXPECT_TRUE(read->calls.empty());
  EXPECT_FALSE(call_list_of(*read, {}).usable());
}

TEST(VoicenterEvents, WhatIsNoIvridIsNoCall) {
  const std::string calls = R"({"ivrid":"a b"},{"ivrid":7},{"ivrid":""},{"ivrid":")" +
                            std::string(kMaxIvrid_bytes + 1, 'x') +
                            R"("},{"ivrid":"\u05d0"},{"ivrid":"good"})";
  const auto read = read_extension_event(event("NEWCALL", calls), "API1API");
  ASSERT_EQ(read->calls.size(), 1U);
  EXPECT_EQ(read->calls[0].ivrid, "good");
}

TEST(VoicenterEvents, ALimitedNumberOfCallsIsRead) {
  std::string calls;
  for (std::size_t i = 0; i <= kMaxEventCalls; ++i) {
    calls += (i == 0 ? "" : ",") + std::string(R"({"ivrid":")") + std::to_string(i) + "\"}";
  }
  EXPECT_EQ(read_extension_event(event("NEWCALL", calls), "API1API")->calls.size(), kMaxEventCalls);
}

TEST(VoicenterEvents, OtherJsonIsNoEvent) {
  for (const std::string& text :
       {std::string(), std::string("[]"), std::string(R"(["ExtensionEvent"])"),
        std::string(R"(["ExtensionEvent",{)"), std::string("{}"), std::string(R"(["A",[{}]])"),
        std::string(100'000, '['), R"(["A",{"data":)" + std::string(100, '[')}) {
    EXPECT_FALSE(read_extension_event(text, "API1API")) << text.substr(0, 40);
  }
}

TEST(VoicenterEvents, ATimeAfterTheServersIsNotBelieved) {
  const auto read = read_extension_event(
      event("NEWCALL", R"({"ivrid":"a","answered":1,"callAnswered":1700000061})"), "API1API");
  EXPECT_EQ(call_list_of(*read, {}).calls.at(0).since, std::nullopt);
}

TEST(VoicenterEvents, TimesThatNoClockShowsAreNotBelieved) {
  for (const char* time : {"9223372036854775807", "-9223372036854775808", "1e300", "0"}) {
    const std::string said = time;
    const auto read = read_extension_event(
        R"(["ExtensionEvent",{"data":{"extenUser":"API1API","calls":[{"ivrid":"a","callStarted":)" +
            said + R"(}]},"servertime":)" + said + "}]",
        "API1API");
    ASSERT_TRUE(read);
    EXPECT_EQ(read->server_time_s, std::nullopt) << said;
    EXPECT_EQ(call_list_of(*read, UtcTime::max()).calls.at(0).since, std::nullopt) << said;
  }
}

}  // namespace
}  // namespace cardmute::voicenter
