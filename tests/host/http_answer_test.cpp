// Tests what the client sends, and how it handles responses of every kind.
#include <gmock/gmock.h>

#include "http_test_support.hpp"
#include "test_server.hpp"

namespace cardmute::http {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;
using namespace cardmute::test;

// A server that sends this response to the first request of each connection.
TestServer::Script answer_with(const std::string& bytes) {
  return [bytes](TestServer::Connection& connection) {
    connection.read_request();
    connection.send(bytes);
  };
}

Result perform(const Request& request) { return http::perform({}, request, kPatience_ms); }

TEST(HttpAnswer, PostCarriesJsonAndNothingThatIsNotNeeded) {
  const TestServer server(answer_with(http_answer("200 OK", "fine")));
  const Result result = perform(post(server.url("/mute"), R"({"state":"1"})"));
  EXPECT_EQ(result.failure, Failure::none) << result.failure_text;
  EXPECT_EQ(result.status, 200);
  EXPECT_EQ(result.body, "fine");
  EXPECT_TRUE(result.sent);
  EXPECT_GT(result.latency_ms, 0);
  ASSERT_EQ(server.requests().size(), 1U);
  const std::string request = server.requests().front();
  EXPECT_THAT(request, StartsWith("POST /mute HTTP/1.1\r\n"));
  EXPECT_THAT(request, HasSubstr("\r\nContent-Type: application/json\r\n"));
  EXPECT_THAT(request, HasSubstr("\r\nUser-Agent: CardMute\r\n"));
  EXPECT_THAT(request, HasSubstr("\r\n\r\n{\"state\":\"1\"}"));
  EXPECT_THAT(request, Not(HasSubstr("Expect")));
  EXPECT_THAT(request, Not(HasSubstr("Accept-Encoding")));
}

TEST(HttpAnswer, GetKeepsItsQueryAndHasNoBody) {
  const TestServer server(answer_with(http_answer("200 OK", "")));
  perform({"GET", server.url("/mute?extension=a%20b&state=1"), "not sent"});
  ASSERT_EQ(server.requests().size(), 1U);
  EXPECT_THAT(server.requests().front(), StartsWith("GET /mute?extension=a%20b&state=1 HTTP/1.1"));
  EXPECT_THAT(server.requests().front(), Not(HasSubstr("not sent")));
}

TEST(HttpAnswer, OneConnectionServesEveryMethodInTurn) {
  const TestServer server([](TestServer::Connection& connection) {
    while (true) {
      const std::string request = connection.read_request();
      if (request.empty()) return;
      const std::string answer =
          http_answer("200 OK", request.starts_with("POST") ? "post" : "get");
      connection.send(request.starts_with("HEAD") ? answer.substr(0, answer.find("\r\n\r\n") + 4)
                                                  : answer);
    }
  });
  Client client({});
  for (const auto& [method, body] : std::vector<std::pair<std::string, std::string>>{
           {"POST", "post"}, {"HEAD", ""}, {"GET", "get"}, {"POST", "post"}, {"GET", "get"}}) {
    client.start(7, {method, server.url(), "{}"}, kPatience_ms);
    const Completed completed = next(client);
    EXPECT_EQ(completed.token, 7U);
    EXPECT_EQ(completed.result.body, body) << method;
  }
  EXPECT_EQ(server.connections(), 1U);
}

TEST(HttpAnswer, RedirectIsNotFollowed) {
  const TestServer server(answer_with(http_answer("302 Found", "", "Location: /elsewhere\r\n")));
  const Result result = perform(get(server.url()));
  EXPECT_EQ(result.failure, Failure::none);
  EXPECT_EQ(result.status, 302);
  EXPECT_EQ(server.requests().size(), 1U);
}

TEST(HttpAnswer, AnAnswerThatIsTooLargeIsNotRead) {
  const std::string body(kMaxBody_bytes + 1, 'x');
  for (const std::string& answer :
       {http_answer("200 OK", body), "HTTP/1.1 200 OK\r\n\r\n" + body}) {
    const TestServer server(answer_with(answer));
    const Result result = perform(get(server.url()));
    EXPECT_EQ(result.failure, Failure::too_large);
    EXPECT_TRUE(result.sent);
    EXPECT_EQ(result.body, "");
    EXPECT_THAT(result.failure_text, HasSubstr("65536 bytes"));
  }
}

TEST(HttpAnswer, TheLargestAnswerIsReadWhole) {
  const TestServer server(answer_with(http_answer("200 OK", std::string(kMaxBody_bytes, 'x'))));
  const Result result = perform(get(server.url()));
  EXPECT_EQ(result.failure, Failure::none);
  EXPECT_EQ(result.body.size(), kMaxBody_bytes);
}

TEST(HttpAnswer, AnswerThatIsNotHttpIsAFailure) {
  for (const std::string bytes :
       {"garbage\r\n\r\n", "\x16\x03\x01\x02", "SSH-2.0-OpenSSH_9.2\r\n"}) {
    const TestServer server(answer_with(bytes));
    const Result result = perform(get(server.url()));
    EXPECT_NE(result.failure, Failure::none) << bytes;
    EXPECT_TRUE(result.sent);
  }
}

struct RetryAfter {
  std::string header;
  std::optional<int> expected_ms;
};

TEST(HttpAnswer, RetryAfterIsReadAndBounded) {
  for (const auto& [header, expected_ms] :
       {RetryAfter{"Retry-After: 7\r\n", 7'000}, RetryAfter{"Retry-After: 999999\r\n", 600'000},
        RetryAfter{"Retry-After: 99999999999999999999999\r\n", std::nullopt},
        RetryAfter{"Retry-After: soon\r\n", std::nullopt},
        RetryAfter{"Retry-After: -3\r\n", std::nullopt}, RetryAfter{"", std::nullopt}}) {
    const TestServer server(answer_with(http_answer("429 Too Many Requests", "", header)));
    const Result result = perform(get(server.url()));
    EXPECT_EQ(result.status, 429);
    EXPECT_EQ(result.retry_after_ms, expected_ms) << header;
  }
}

}  // namespace
}  // namespace cardmute::http
