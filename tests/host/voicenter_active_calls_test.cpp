// Tests what an answer of Active Calls says about an extension's calls, and what it does not say.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "voicenter/active_calls.hpp"

namespace cardmute::voicenter {
namespace {

http::Result calls_answer(int status, std::string body) {
  http::Result result;
  result.status = status;
  result.body = std::move(body);
  result.sent = true;
  return result;
}

// Voicenter's own example. The second call, which has no recording, is added.
constexpr const char* kAnswer =
    R"({"ERR":0,"DESC":"OK","EXTENSIONS":[{"name":"a","username":"SIPSIP2","extensionID":1,"calls":[
    {"callStarted":1602465818,"answered":1,"callername":"Dana","callerphone":"0500000000",
     "callstatus":"Talking","customdata":{"ivrid":"other"},"ivrid":"2020101201cc7b38df",
     "recording":{"Filename":"a.mp3","IsMuted":1},"did":""},
    {"answered":0,"callstatus":"Ringing","ivrid":"2"}]},
    {"username":"OTHER","calls":[{"ivrid":"3"}]}]})";

TEST(VoicenterActiveCalls, IdStatusAnsweredAndMutedOfEachCallAreRead) {
  const ActiveCalls calls = interpret_active_calls(calls_answer(200, kAnswer), "SIPSIP2");
  EXPECT_FALSE(calls.error) << calls.reason;
  EXPECT_EQ(calls.err, 0);
  EXPECT_EQ(calls.desc, "OK");
  ASSERT_EQ(calls.calls.size(), 2U);
  EXPECT_EQ(calls.calls[0].ivrid, "2020101201cc7b38df");
  EXPECT_EQ(calls.calls[0].status, "Talking");
  EXPECT_TRUE(calls.calls[0].answered);
  EXPECT_EQ(calls.calls[0].is_muted, true);
  EXPECT_EQ(calls.calls[1].status, "Ringing");
  EXPECT_FALSE(calls.calls[1].answered);
  EXPECT_EQ(calls.calls[1].is_muted, std::nullopt);
}

TEST(VoicenterActiveCalls, TheAgentsNameIsReadButNoCustomers) {
  const auto agent_of = [](const std::string& extension) {
    return interpret_active_calls(
               calls_answer(200, R"({"ERR":0,"EXTENSIONS":[)" + extension + "]}"), "A")
        .agent;
  };
  EXPECT_EQ(agent_of(R"({"username":"A","name":"Desk 4","representative":"Dana Levi"})"),
            "Dana Levi, Desk 4");
  EXPECT_EQ(agent_of(R"({"username":"A","name":"Dana","representative":"Dana"})"), "Dana");
  EXPECT_EQ(agent_of(R"({"username":"A","name":"Dana","representative":""})"), "Dana");
  EXPECT_EQ(agent_of(R"({"username":"B","name":"other"},{"username":"A"})"), "");
  EXPECT_EQ(agent_of(R"({"username":"A","representative":7,"calls":[
      {"name":"Customer","representative":"Customer","callername":"Customer"}]})"),
            "");
  EXPECT_EQ(agent_of("{\"username\":\"A\",\"name\":\"Da\\u202ena\\n\"}"),
            "Da\xEF\xBF\xBDna\xEF\xBF\xBD");
}

TEST(VoicenterActiveCalls, ExtensionWithoutCallsIsFine) {
  const ActiveCalls calls = interpret_active_calls(
      calls_answer(200, R"({"ERR":0,"DESC":"OK","EXTENSIONS":[{"username":"A","calls":[]}]})"),
      "A");
  EXPECT_FALSE(calls.error);
  EXPECT_TRUE(calls.calls.empty());
}

TEST(VoicenterActiveCalls, ListWithoutTheExtensionDoesNotMeanNoCalls) {
  for (const std::string body :
       {R"({"ERR":0,"DESC":"OK","EXTENSIONS":[]})", R"({"ERR":0,"DESC":"OK"})",
        R"({"ERR":0,"EXTENSIONS":{"username":"A"}})",
        R"({"ERR":0,"EXTENSIONS":[{"username":"B","calls":[]},null,7]})"}) {
    EXPECT_EQ(interpret_active_calls(calls_answer(200, body), "A").error,
              ErrorCode::extension_not_found)
        << body;
  }
}

TEST(VoicenterActiveCalls, RefusalsAndOddAnswersAreReported) {
  const ActiveCalls refused =
      interpret_active_calls(calls_answer(200, R"({"ERR":1,"DESC":"Authorization failed."})"), "A");
  EXPECT_EQ(refused.error, ErrorCode::refused);
  EXPECT_THAT(refused.reason, testing::HasSubstr("ERR 1: Authorization failed."));
  EXPECT_EQ(interpret_active_calls(calls_answer(403, ""), "A").error, ErrorCode::refused);
  EXPECT_EQ(interpret_active_calls(calls_answer(429, ""), "A").error, ErrorCode::throttled);
  EXPECT_EQ(interpret_active_calls(calls_answer(500, ""), "A").error, ErrorCode::bad_answer);
  for (const std::string body :
       {"", "null", "[]", "{}", "7", R"({"ERR":"0"})", R"({"ERR":null})"}) {
    EXPECT_EQ(interpret_active_calls(calls_answer(200, body), "A").error, ErrorCode::bad_answer)
        << body;
  }
  http::Result away;
  away.failure = http::Failure::connect;
  EXPECT_EQ(interpret_active_calls(away, "A").error, ErrorCode::unreachable);
}

// Wherever the limit of the text falls, no part of the code remains.
TEST(VoicenterActiveCalls, ARepeatedCodeIsRemovedBeforeTheTextIsCut) {
  const std::string code = "S3cretC0de";
  for (std::size_t before = 150; before < 260; ++before) {
    const std::string body =
        R"({"ERR":1,"DESC":")" + std::string(before, '.') + code + R"( is wrong"})";
    const ActiveCalls refused = interpret_active_calls(calls_answer(200, body), "A", code);
    ASSERT_THAT(refused.reason, testing::Not(testing::HasSubstr("S3"))) << before;
    ASSERT_THAT(refused.desc, testing::Not(testing::HasSubstr("S3"))) << before;
  }
}

TEST(VoicenterActiveCalls, NestingBombIsOnlyABadAnswer) {
  for (const std::string& bomb :
       {std::string(64 * 1024, '['),
        "{\"EXTENSIONS\":" + std::string(30'000, '[') + std::string(30'000, ']') + "}"}) {
    EXPECT_EQ(interpret_active_calls(calls_answer(200, bomb), "A").error, ErrorCode::bad_answer);
  }
}

TEST(VoicenterActiveCalls, MoreCallsThanAnyExtensionHasAreNotRead) {
  std::string body = R"({"ERR":0,"EXTENSIONS":[{"username":"A","calls":[{})";
  for (std::size_t i = 0; i < 2 * kMaxCalls; ++i) body += R"(,{"ivrid":"x"})";
  body += "]}]}";
  EXPECT_EQ(interpret_active_calls(calls_answer(200, body), "A").calls.size(), kMaxCalls);
}

}  // namespace
}  // namespace cardmute::voicenter
