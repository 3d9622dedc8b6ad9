// Tests the log-in for Voicenter's events: requests, answers, and what may be wrong with these.
#include <gtest/gtest.h>

#include "voicenter/realtime_login.hpp"

namespace cardmute::voicenter {
namespace {

using std::chrono::seconds;

Login login_of(std::string body, int status = 200) {
  http::Result result;
  result.status = status;
  result.body = std::move(body);
  Login login = read_login(result);
  EXPECT_EQ(result.body.find("T0ken"), std::string::npos) << "the answer keeps the token";
  return login;
}

constexpr const char* kLoginAnswer =
    R"({"StatusCode":200,"Status":"OK","Data":{"Socket":{"Token":"T0ken",
    "TokenExpiry":"2026-11-29T10:00:00.000Z","RefreshToken":"R3fresh",
    "RefreshTokenExpiry":1800000000,"Url":"https://monitor5.voicenter.co",
    "URLList":["monitor6.voicenter.co","wss://monitor5.voicenter.co","http://evil.example",
               "https://user@evil.example"],"Version":"2"}}})";

TEST(VoicenterLogin, TokenExpiriesAndHostsAreRead) {
  const Login login = login_of(kLoginAnswer);
  EXPECT_FALSE(login.error);
  EXPECT_EQ(login.token.value(), "T0ken");
  EXPECT_EQ(login.token_expiry, parse_utc("2026-11-29T10:00:00.000Z"));
  EXPECT_EQ(login.refresh_token.value(), "R3fresh");
  EXPECT_EQ(login.refresh_expiry, seconds(1800000000));
  EXPECT_EQ(login.hosts, (std::vector<std::string>{"https://monitor5.voicenter.co",
                                                   "https://monitor6.voicenter.co"}));
}

TEST(VoicenterLogin, TimesHaveSeveralForms) {
  for (const auto& [text, expected_s] :
       std::vector<std::pair<std::string, std::int64_t>>{{"1800000000", 1800000000},
                                                         {"1800000000000", 1800000000},
                                                         {"\"1800000000\"", 1800000000},
                                                         {"\"2026-11-29 10:00:00\"", 1795946400},
                                                         {"\"2026-11-29T10:00:00\"", 1795946400}}) {
    const Login login = login_of(R"({"Data":{"Token":"T0ken","TokenExpiry":)" + text + "}}");
    EXPECT_EQ(login.token_expiry, seconds(expected_s)) << text;
  }
  EXPECT_EQ(login_of(R"({"Data":{"Token":"T0ken","TokenExpiry":"soon"}})").token_expiry,
            std::nullopt);
}

TEST(VoicenterLogin, ADenialSaysWhyAndIsNotTheSameAsAFailure) {
  const Login denied = login_of(R"({"StatusCode":401,"Status":"Wrong pin"})", 401);
  EXPECT_TRUE(denied.denied);
  EXPECT_EQ(denied.error->code, ErrorCode::refused);
  EXPECT_NE(denied.error->message.find("HTTP 401"), std::string::npos);
  EXPECT_EQ(denied.error->message.find("Wrong"), std::string::npos)
      << "the server's words may hold a name or a number";
  EXPECT_TRUE(login_of(R"({"StatusCode":400,"Status":"No"})").denied) << "with HTTP 200";
  EXPECT_FALSE(login_of("<html>", 200).denied);
  EXPECT_EQ(login_of("<html>", 200).error->code, ErrorCode::bad_answer);
  EXPECT_FALSE(login_of("{}", 503).denied);
  EXPECT_EQ(login_of("{}", 429).error->code, ErrorCode::throttled);
  http::Result away;
  away.failure = http::Failure::connect;
  EXPECT_FALSE(read_login(away).denied);
}

TEST(VoicenterLogin, ATokenThatCouldChangeTheRequestIsNotUsed) {
  EXPECT_TRUE(login_of(R"({"Data":{"Token":"a\r\nHost: evil"}})").error);
  EXPECT_TRUE(
      login_of(R"({"Data":{"Token":")" + std::string(kMaxToken_bytes + 1, 't') + "\"}}").error);
  EXPECT_TRUE(login_of(R"({"Data":{"Token":7}})").error);
}

TEST(VoicenterLogin, ALimitedNumberOfHostsIsUsed) {
  std::string list;
  for (std::size_t i = 0; i <= kMaxMonitorHosts; ++i) {
    list += (i == 0 ? "\"m" : ",\"m") + std::to_string(i) + ".example\"";
  }
  EXPECT_EQ(login_of(R"({"Data":{"Token":"T0ken","URLList":[)" + list + "]}}").hosts.size(),
            kMaxMonitorHosts);
}

TEST(VoicenterLogin, HostsOfSeveralSpellingsAreOne) {
  EXPECT_EQ(monitor_origin("monitor1.voicenter.co"), "https://monitor1.voicenter.co");
  EXPECT_EQ(monitor_origin("wss://Monitor1.voicenter.co:8443/x"),
            "https://monitor1.voicenter.co:8443");
  EXPECT_EQ(monitor_origin("ws://127.0.0.1:80"), "http://127.0.0.1:80");
  EXPECT_EQ(monitor_origin("ws://monitor1.voicenter.co"), std::nullopt);
  EXPECT_EQ(monitor_origin("ftp://monitor1.voicenter.co"), std::nullopt);
  EXPECT_EQ(monitor_origin(""), std::nullopt);
}

TEST(VoicenterLogin, RequestsCarryTheSecretInBodyOrHeaderAndNeverInTheUrl) {
  const auto user = user_login_request("https://l.example/Login", "a@b.example", "S3cret");
  EXPECT_EQ(user.method, "POST");
  EXPECT_EQ(user.url, "https://l.example/Login/User");
  EXPECT_EQ(user.body, R"({"email":"a@b.example","pin":"S3cret"})");
  const auto token = token_login_request("https://l.example/Login", "S3cret");
  EXPECT_EQ(token.url, "https://l.example/Login/Token");
  EXPECT_EQ(token.body, R"({"token":"S3cret"})");
  const auto refresh = refresh_request("https://l.example/Login", "S3cret");
  EXPECT_EQ(refresh.method, "GET");
  EXPECT_EQ(refresh.url, "https://l.example/Login/RefreshIdentityToken");
  EXPECT_EQ(refresh.bearer, "S3cret");
}

}  // namespace
}  // namespace cardmute::voicenter
