// Tests requests without an answer: each ends in time, and its result says why and whether it may
// have been sent.
#include <gmock/gmock.h>

#include "http_test_support.hpp"
#include "test_names.hpp"
#include "test_server.hpp"

namespace cardmute::http {
namespace {

using testing::HasSubstr;
using testing::Not;
using namespace cardmute::test;
using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

constexpr int kShort_ms = 150;

TEST(HttpFailure, NobodyListens) {
  const Result result = perform(
      {}, get("http://127.0.0.1:" + std::to_string(closed_port()) + "/x?secret=1"), kPatience_ms);
  EXPECT_EQ(result.failure, Failure::connect);
  EXPECT_FALSE(result.sent);
  EXPECT_EQ(result.status, 0);
  EXPECT_THAT(result.failure_text, HasSubstr("127.0.0.1"));
  EXPECT_THAT(result.failure_text, Not(HasSubstr("secret")));
}

TEST(HttpFailure, NameWithoutAddress) {
  const Result result = perform({}, get("https://absent.test/x?secret=1"), kPatience_ms);
  EXPECT_EQ(result.failure, Failure::resolve);
  EXPECT_FALSE(result.sent);
  EXPECT_THAT(result.failure_text, HasSubstr("absent.test"));
  EXPECT_THAT(result.failure_text, Not(HasSubstr("secret")));
}

TEST(HttpFailure, NameServerThatHangsBlocksNothing) {
  const HangingNames names;
  const auto begun = Clock::now();
  {
    const Result result = perform({}, get("https://hangs.test/"), kShort_ms);
    EXPECT_EQ(result.failure, Failure::timeout);
    EXPECT_FALSE(result.sent);
  }
  EXPECT_LT(Clock::now() - begun, milliseconds(kPatience_ms / 2));
}

TEST(HttpFailure, ServerThatNeverAnswers) {
  const TestServer server([](auto& connection) { connection.wait_for_close(); });
  const Result result = perform({}, post(server.url()), kShort_ms);
  EXPECT_EQ(result.failure, Failure::timeout);
  EXPECT_TRUE(result.sent);
  EXPECT_GE(result.latency_ms, kShort_ms - 1);
}

TEST(HttpFailure, SlowDripEndsAtTheDeadline) {
  const TestServer server([](auto& connection) {
    connection.read_request();
    connection.drip(http_answer("200 OK", std::string(10'000, 'x')), milliseconds(5));
  });
  const Result result = perform({}, post(server.url()), kShort_ms);
  EXPECT_EQ(result.failure, Failure::timeout);
  EXPECT_TRUE(result.sent);
  EXPECT_EQ(result.body, "");
}

TEST(HttpFailure, ResetBeforeTheAnswer) {
  const TestServer server([](auto& connection) {
    connection.read_request();
    connection.reset();
  });
  const Result result = perform({}, post(server.url()), kPatience_ms);
  EXPECT_EQ(result.failure, Failure::reset);
  EXPECT_TRUE(result.sent);
}

TEST(HttpFailure, CloseWithoutAnAnswer) {
  const TestServer server([](auto& connection) { connection.read_request(); });
  const Result result = perform({}, post(server.url()), kPatience_ms);
  EXPECT_EQ(result.failure, Failure::reset);
  EXPECT_TRUE(result.sent);
}

TEST(HttpFailure, CloseInMidBody) {
  const TestServer server([](auto& connection) {
    connection.read_request();
    connection.send("HTTP/1.1 200 OK\r\nContent-Length: 57\r\n\r\n{\"ErrorCode\":\"200\"");
  });
  const Result result = perform({}, post(server.url()), kPatience_ms);
  EXPECT_EQ(result.failure, Failure::reset);
  EXPECT_TRUE(result.sent);
  EXPECT_EQ(result.body, "");
}

TEST(HttpFailure, ForbiddenUrlsAreRejectedUnsent) {
  for (const std::string url :
       {"http://crm.test/x?secret=1", "ftp://127.0.0.1/", "file:///etc/passwd", "nonsense", "",
        "http://127.0.0.1.crm.test/", "https://user:secret@127.0.0.1/"}) {
    const Result result = perform({}, get(url), kPatience_ms);
    EXPECT_EQ(result.failure, Failure::other) << url;
    EXPECT_FALSE(result.sent);
    EXPECT_THAT(result.failure_text, HasSubstr("https"));
    EXPECT_THAT(result.failure_text, Not(HasSubstr("secret")));
  }
}

TEST(HttpFailure, TooManyAtOnceAreRefusedAndTheRestGoesOn) {
  const TestServer server([](auto& connection) { connection.wait_for_close(); });
  Client client({});
  for (std::uint64_t token = 0; token < kMaxInFlight_requests; ++token) {
    client.start(token, post(server.url()), kPatience_ms);
  }
  client.start(99, post(server.url()), kPatience_ms);
  const Completed refused = next(client);
  EXPECT_EQ(refused.token, 99U);
  EXPECT_EQ(refused.result.failure, Failure::other);
  EXPECT_FALSE(refused.result.sent);
  client.cancel(3);
  EXPECT_EQ(next(client).token, 3U);
}

TEST(HttpFailure, CancelledRequestTellsWhetherItWasSent) {
  const TestServer server([](auto& connection) {
    connection.read_request();
    connection.wait_for_close();
  });
  const HangingNames names;
  Client client({});
  client.start(1, post(server.url()), kPatience_ms);
  ASSERT_TRUE(work_until(client, [&] { return server.requests().size() == 1; }));
  client.cancel(1);
  const Completed sent = next(client);
  EXPECT_EQ(sent.token, 1U);
  EXPECT_EQ(sent.result.failure, Failure::timeout);
  EXPECT_TRUE(sent.result.sent);

  client.start(2, post("https://hangs.test/"), kPatience_ms);
  client.cancel(2);
  client.cancel(2);
  const Completed unsent = next(client);
  EXPECT_EQ(unsent.token, 2U);
  EXPECT_FALSE(unsent.result.sent);
  EXPECT_TRUE(client.wait(0).empty());
}

TEST(HttpFailure, ClientWorksAfterARequestThatIsNeverAnswered) {
  const TestServer server([](auto& connection) {
    while (true) {
      const std::string request = connection.read_request();
      if (request.empty()) return;
      if (!request.starts_with("POST /swallowed")) connection.send(http_answer("200 OK", ""));
    }
  });
  Client client({});
  client.keep_warm(server.url());
  await_warmth(client, server);
  client.start(1, post(server.url("/swallowed")), kShort_ms);
  EXPECT_EQ(next(client).result.failure, Failure::timeout);
  std::thread other([&client] { client.wake(); });
  EXPECT_TRUE(client.wait(kPatience_ms).empty());
  other.join();
  client.start(2, post(server.url()), kPatience_ms);
  EXPECT_EQ(next(client).result.status, 200);
  // The HEAD that follows uses the connection of this request, and opens none.
  ASSERT_TRUE(work_until(client, [&] { return server.requests().back().starts_with("HEAD"); }));
  EXPECT_EQ(server.connections(), 2U);
}

TEST(HttpFailure, WakeEndsAWaitFromAnotherThreadAndBeforehand) {
  Client client({});
  client.wake();
  EXPECT_TRUE(client.wait(kPatience_ms).empty());
  const auto begun = Clock::now();
  std::thread other([&client] { client.wake(); });
  EXPECT_TRUE(client.wait(kPatience_ms).empty());
  other.join();
  EXPECT_LT(Clock::now() - begun, milliseconds(kPatience_ms));
}

}  // namespace
}  // namespace cardmute::http
