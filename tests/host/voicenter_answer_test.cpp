// Tests the meaning of Voicenter's responses: only success is an acknowledgement, and each failure
// is reported with its reason.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "voicenter/mute_api.hpp"

namespace cardmute::voicenter {
namespace {

using engine::Outcome;
using testing::HasSubstr;

http::Result answer(int status, std::string body) {
  http::Result result;
  result.status = status;
  result.body = std::move(body);
  result.sent = true;
  result.latency_ms = 12.5;
  return result;
}

TEST(VoicenterAnswer, SuccessOfBothDocumentsIsAcknowledged) {
  for (const std::string code : {"\"200\"", "200"}) {
    const Outcome outcome = interpret(
        answer(200, "{\"ErrorCode\":" + code +
                        R"(,"Message":"Success","ActionID":"14d3b31988b247be8ff5818d1cad3d3"})"));
    EXPECT_TRUE(outcome.acknowledged());
    EXPECT_EQ(outcome.error_code, 200);
    EXPECT_EQ(outcome.message, "Success");
    EXPECT_EQ(outcome.action_id, "14d3b31988b247be8ff5818d1cad3d3");
    EXPECT_EQ(outcome.http_status, 200);
    EXPECT_EQ(outcome.reason, "");
    EXPECT_FALSE(outcome.outcome_unknown);
    EXPECT_EQ(outcome.latency_ms, 12.5);
  }
}

TEST(VoicenterAnswer, ActionIdMayBeANumberOrMissing) {
  EXPECT_EQ(interpret(answer(200, R"({"ErrorCode":200,"ActionID":17})")).action_id, "17");
  EXPECT_EQ(interpret(answer(200, R"({"ErrorCode":200,"ActionID":null})")).action_id, "");
  EXPECT_TRUE(interpret(answer(200, "\xEF\xBB\xBF{\"ErrorCode\":\"200\"}")).acknowledged());
}

struct Case {
  int status;
  std::string body;
  ErrorCode error;
  bool outcome_unknown;
};

void PrintTo(const Case& c, std::ostream* out) {
  *out << "HTTP " << c.status << " " << c.body.substr(0, 80);
}

class VoicenterFailure : public testing::TestWithParam<Case> {};

TEST_P(VoicenterFailure, HasItsOwnErrorAndAReason) {
  const Case& expected = GetParam();
  const Outcome outcome = interpret(answer(expected.status, expected.body));
  ASSERT_TRUE(outcome.error);
  EXPECT_EQ(name_of(*outcome.error), name_of(expected.error)) << outcome.reason;
  EXPECT_EQ(outcome.outcome_unknown, expected.outcome_unknown);
  EXPECT_NE(outcome.reason, "");
  EXPECT_EQ(outcome.http_status, expected.status);
}

INSTANTIATE_TEST_SUITE_P(
    Documented, VoicenterFailure,
    testing::Values(
        Case{200, R"({"ErrorCode":400,"Message":"Extension not found"})",
             ErrorCode::extension_not_found, false},
        Case{400, R"({"ErrorCode":"400","Message":" extension NOT found "})",
             ErrorCode::extension_not_found, false},
        Case{200, R"({"ErrorCode":400,"Message":"UniqueIvrID not found"})",
             ErrorCode::call_not_found, false},
        Case{200, R"({"ErrorCode":400,"Message":"UniquelvrID not found"})",
             ErrorCode::call_not_found, false},
        Case{
            200,
            R"({"ErrorCode":400,"Message":"Parameters are not valid, should be \"ivrid\" and \"mute\""})",
            ErrorCode::parameters_rejected, false},
        // An unknown error may be about a step that comes after the mute.
        Case{200, R"({"ErrorCode":401,"Message":"Success"})", ErrorCode::refused, true},
        Case{200, R"({"ErrorCode":0})", ErrorCode::refused, true},
        Case{500, R"({"ErrorCode":500,"Message":"Timeout of the recorder"})", ErrorCode::refused,
             true},
        Case{400, R"({"ErrorCode":0})", ErrorCode::refused, false},
        Case{500, R"({"ErrorCode":500,"Message":"Extension not found"})",
             ErrorCode::extension_not_found, false},
        Case{302, R"({"ErrorCode":400})", ErrorCode::refused, true}));

INSTANTIATE_TEST_SUITE_P(
    HttpErrors, VoicenterFailure,
    testing::Values(Case{403, "<html>", ErrorCode::refused, false},
                    Case{403, R"({"ErrorCode":400,"Message":"Extension not found"})",
                         ErrorCode::refused, false},
                    Case{429, "", ErrorCode::throttled, false},
                    Case{404, "", ErrorCode::bad_answer, false},
                    Case{401, "no", ErrorCode::bad_answer, false},
                    Case{302, "", ErrorCode::bad_answer, true},
                    Case{500, "<html>", ErrorCode::bad_answer, true},
                    Case{503, "", ErrorCode::bad_answer, true},
                    Case{404, R"({"ErrorCode":"200"})", ErrorCode::bad_answer, true},
                    Case{403, R"({"ErrorCode":"200"})", ErrorCode::refused, true},
                    Case{500, R"({"ErrorCode":200})", ErrorCode::bad_answer, true},
                    Case{0, "", ErrorCode::bad_answer, true},
                    Case{199, R"({"ErrorCode":200})", ErrorCode::bad_answer, true}));

std::vector<Case> unreadable() {
  std::vector<Case> cases;
  for (const std::string body : {"",
                                 "   ",
                                 "OK",
                                 "<html></html>",
                                 "null",
                                 "200",
                                 "\"200\"",
                                 "true",
                                 "[]",
                                 "{}",
                                 R"([{"ErrorCode":200}])",
                                 R"([["ErrorCode",200]])",
                                 R"({"errorcode":200})",
                                 R"({"ErrorCode":true})",
                                 R"({"ErrorCode":200.0})",
                                 R"({"ErrorCode":2e2})",
                                 R"({"ErrorCode":null})",
                                 R"({"ErrorCode":{}})",
                                 R"({"ErrorCode":[200]})",
                                 R"({"ErrorCode":""})",
                                 R"({"ErrorCode":" 200"})",
                                 R"({"ErrorCode":"200 "})",
                                 R"({"ErrorCode":"0200"})",
                                 R"({"ErrorCode":"+200"})",
                                 R"({"ErrorCode":"200.0"})",
                                 R"({"ErrorCode":"OK"})",
                                 R"({"ErrorCode":18446744073709551816})",
                                 R"({"ErrorCode":"99999999999999999999"})",
                                 R"({"x":{"ErrorCode":200}})",
                                 R"({"ErrorCode":200)",
                                 R"({"ErrorCode":200} x)",
                                 R"({"ErrorCode":200}{"ErrorCode":400})",
                                 R"({"ErrorCode":400,"ErrorCode":200})",
                                 R"({"ErrorCode":200,"ErrorCode":400})",
                                 R"({"ErrorCode":{"a":1},"ErrorCode":200})",
                                 R"({ErrorCode:200})",
                                 "{\"ErrorCode\":200,\"Message\":\"\xFF\"}"}) {
    cases.push_back({200, body, ErrorCode::bad_answer, true});
  }
  return cases;
}
INSTANTIATE_TEST_SUITE_P(Unreadable, VoicenterFailure, testing::ValuesIn(unreadable()));

TEST(VoicenterAnswer, NestingBombIsOnlyABadAnswer) {
  for (const std::string& bomb :
       {std::string(64 * 1024, '['), std::string(64 * 1024, '{'),
        "{\"ErrorCode\":" + std::string(30'000, '[') + std::string(30'000, ']') + "}",
        std::string(32'000, '[') + std::string(32'000, ']')}) {
    EXPECT_EQ(interpret(answer(200, bomb)).error, ErrorCode::bad_answer);
  }
}

TEST(VoicenterAnswer, ForeignTextIsBoundedAndHarmless) {
  const Outcome outcome = interpret(answer(200, R"({"ErrorCode":500,"Message":"a\r\nb\u001b)" +
                                                    std::string(5'000, 'x') + R"(","ActionID":")" +
                                                    std::string(5'000, 'y') + "\"}"));
  EXPECT_LE(outcome.message.size(), 200U);
  EXPECT_LE(outcome.action_id.size(), 200U);
  EXPECT_THAT(outcome.message, testing::StartsWith("a��b�"));
  EXPECT_LE(outcome.reason.size(), 500U);
}

TEST(VoicenterAnswer, RetryAfterIsPassedOn) {
  http::Result throttled = answer(429, "");
  throttled.retry_after_ms = 7'000;
  EXPECT_EQ(interpret(throttled).retry_after_ms, 7'000);
  http::Result success = answer(200, R"({"ErrorCode":200})");
  success.retry_after_ms = 7'000;
  EXPECT_EQ(interpret(success).retry_after_ms, std::nullopt);
}

TEST(VoicenterAnswer, RefusedNetworkIsReportedInPlainWords) {
  EXPECT_THAT(interpret(answer(403, "")).reason, HasSubstr("refuses this network (HTTP 403)"));
  EXPECT_THAT(interpret(answer(302, "")).reason, HasSubstr("not followed"));
  EXPECT_THAT(interpret(answer(502, "")).reason, HasSubstr("HTTP 502"));
}

struct Transport {
  http::Failure failure;
  bool sent;
  ErrorCode error;
};

TEST(VoicenterAnswer, WithoutAnAnswerTheOutcomeIsUnknownExactlyIfTheRequestMayHaveBeenSent) {
  using http::Failure;
  for (const auto& [failure, sent, error] :
       {Transport{Failure::resolve, false, ErrorCode::unreachable},
        Transport{Failure::connect, false, ErrorCode::unreachable},
        Transport{Failure::tls, false, ErrorCode::unreachable},
        Transport{Failure::reset, true, ErrorCode::unreachable},
        Transport{Failure::timeout, true, ErrorCode::timeout},
        Transport{Failure::timeout, false, ErrorCode::timeout},
        Transport{Failure::too_large, true, ErrorCode::bad_answer},
        Transport{Failure::other, true, ErrorCode::bad_answer},
        Transport{Failure::other, false, ErrorCode::unreachable}}) {
    http::Result result;
    result.failure = failure;
    result.failure_text = "some\nwords";
    result.sent = sent;
    result.body = R"({"ErrorCode":200})";
    const Outcome outcome = interpret(result);
    EXPECT_EQ(outcome.error, error);
    EXPECT_EQ(outcome.outcome_unknown, sent);
    EXPECT_THAT(outcome.reason, HasSubstr("some�words"));
  }
}

TEST(VoicenterAnswer, AnyBytesAreReadWithoutHarm) {
  const std::string seed = R"({"ErrorCode":"200","Message":"Success","ActionID":"14d3b3"})";
  std::mt19937 random(1);
  std::uniform_int_distribution<int> byte(0, 255);
  std::uniform_int_distribution<std::size_t> place(0, seed.size() - 1);
  for (int round = 0; round < 5000; ++round) {
    std::string body = seed;
    body[place(random)] = static_cast<char>(byte(random));
    body[place(random)] = static_cast<char>(byte(random));
    const Outcome outcome = interpret(answer(200, body));
    EXPECT_TRUE(!outcome.acknowledged() || outcome.error_code == 200) << body;
  }
}

}  // namespace
}  // namespace cardmute::voicenter
