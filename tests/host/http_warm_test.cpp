// Tests the warm connection: it is opened before the first mute, kept open, and opened again when
// it is lost.
#include <gmock/gmock.h>

#include <atomic>

#include "http_test_support.hpp"
#include "test_server.hpp"

namespace cardmute::http {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;
using namespace cardmute::test;

const std::string kHeadAnswer = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

void answer_all(TestServer::Connection& connection) {
  while (!connection.read_request().empty()) connection.send(kHeadAnswer);
}

TEST(HttpWarm, RequestUsesTheConnectionThatWasOpenedAhead) {
  const TestServer server(answer_all);
  Client client({});
  client.keep_warm(server.url("/mute?secret=1"));
  await_warmth(client, server);
  client.keep_warm(server.url("/mute"));
  ASSERT_EQ(server.requests().size(), 1U);
  EXPECT_THAT(server.requests().front(), StartsWith("HEAD / HTTP/1.1\r\n"));
  EXPECT_THAT(server.requests().front(), Not(HasSubstr("secret")));
  for (std::uint64_t token = 1; token <= 3; ++token) {
    client.start(token, post(server.url("/mute")), kPatience_ms);
    EXPECT_EQ(next(client).result.status, 200);
  }
  EXPECT_EQ(server.connections(), 1U);
  EXPECT_EQ(server.requests().size(), 4U);
}

TEST(HttpWarm, IsOpenedAgainWhenTheServerClosesIt) {
  const TestServer server([](TestServer::Connection& connection) {
    connection.read_request();
    connection.send(kHeadAnswer);
    if (connection.number() > 1) answer_all(connection);
  });
  Client client({});
  client.keep_warm(server.url());
  await_warmth(client, server, 2);
  EXPECT_EQ(server.connections(), 2U);
  client.start(1, post(server.url()), kPatience_ms);
  EXPECT_EQ(next(client).result.status, 200);
  EXPECT_EQ(server.connections(), 2U);
}

TEST(HttpWarm, IsNotOpenedAgainAtOnce) {
  const TestServer server([](TestServer::Connection& connection) {
    connection.read_request();
    connection.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
  });
  Client client({});
  client.keep_warm(server.url());
  EXPECT_TRUE(client.wait(500).empty());
  EXPECT_EQ(server.connections(), 1U);
}

TEST(HttpWarm, AnswerThatDoesNotComeDelaysNoRequest) {
  const TestServer server([](TestServer::Connection& connection) {
    if (connection.read_request().starts_with("HEAD")) {
      connection.wait_for_close();
    } else {
      connection.send(kHeadAnswer);
    }
  });
  Client client({});
  client.keep_warm(server.url());
  ASSERT_TRUE(work_until(client, [&] { return server.requests().size() == 1; }));
  client.start(1, post(server.url()), kPatience_ms);
  const Completed completed = next(client);
  EXPECT_EQ(completed.result.status, 200);
  EXPECT_LT(completed.result.latency_ms, kPatience_ms / 2);
}

TEST(HttpWarm, IsLetGoWhenNoRequestUsesItAndOpenedByTheNextOne) {
  std::atomic<int> closed = 0;
  const TestServer server([&closed](TestServer::Connection& connection) {
    answer_all(connection);
    ++closed;
  });
  Client client({.ca_pem = {}, .proxy = {}, .kept_warm_ms = 50});
  client.keep_warm(server.url());
  ASSERT_TRUE(work_until(client, [&] { return closed == 1; }));
  client.start(1, post(server.url()), kPatience_ms);
  EXPECT_EQ(next(client).result.status, 200);
  EXPECT_EQ(server.connections(), 2U) << "it was not opened again before it was needed";
  ASSERT_TRUE(work_until(client, [&] { return closed == 2; }));
}

TEST(HttpWarm, FailureToOpenItIsNotReported) {
  const std::string url = "http://127.0.0.1:" + std::to_string(closed_port()) + "/";
  Client client({});
  client.keep_warm(url);
  EXPECT_TRUE(client.wait(50).empty());
  client.keep_warm("nonsense");
  EXPECT_TRUE(client.wait(50).empty());
  client.start(1, post(url), kPatience_ms);
  EXPECT_EQ(next(client).result.failure, Failure::connect);
}

TEST(HttpWarm, IsOpenedToAnotherServer) {
  const TestServer first(answer_all);
  const TestServer second(answer_all);
  Client client({});
  client.keep_warm(first.url());
  ASSERT_TRUE(work_until(client, [&] { return first.requests().size() == 1; }));
  client.keep_warm(second.url());
  ASSERT_TRUE(work_until(client, [&] { return second.requests().size() == 1; }));
}

TEST(HttpWarm, RequestAfterASilentCloseSucceedsOnAFreshConnection) {
  std::atomic<bool> closed = false;
  const TestServer server([&closed](TestServer::Connection& connection) {
    connection.read_request();
    connection.send(kHeadAnswer);
    if (connection.number() == 1) {
      connection.reset();
      closed = true;
    } else {
      answer_all(connection);
    }
  });
  Client client({});
  client.start(1, post(server.url()), kPatience_ms);
  EXPECT_EQ(next(client).result.status, 200);
  ASSERT_TRUE(work_until(client, [&] { return closed.load(); }));
  client.start(2, post(server.url()), kPatience_ms);
  EXPECT_EQ(next(client).result.status, 200);
  EXPECT_EQ(server.connections(), 2U);
}

TEST(HttpWarm, RequestOnAClosingConnectionIsSentAgainAutomatically) {
  const TestServer server([](TestServer::Connection& connection) {
    connection.read_request();
    connection.send(kHeadAnswer);
    const std::string second = connection.read_request();
    if (connection.number() == 1) return;  // closes without a single byte of an answer
    connection.send(kHeadAnswer);
  });
  Client client({});
  client.start(1, post(server.url()), kPatience_ms);
  EXPECT_EQ(next(client).result.status, 200);
  client.start(2, post(server.url(), R"({"state":"1"})"), kPatience_ms);
  EXPECT_EQ(next(client).result.status, 200);
  EXPECT_EQ(server.connections(), 2U);
  ASSERT_EQ(server.requests().size(), 3U);
  EXPECT_EQ(server.requests()[1], server.requests()[2]);
}

TEST(HttpWarm, ClosesItsConnectionSoonerWhileTheDeskIsIdleAndOpensItWhenACallBegins) {
  std::atomic<int> closed = 0;
  const TestServer server([&closed](TestServer::Connection& connection) {
    answer_all(connection);
    ++closed;
  });
  Client client({.ca_pem = {}, .proxy = {}, .kept_idle_ms = 50});
  client.keep_warm(server.url());
  client.set_call_activity(CallActivity::idle);
  ASSERT_TRUE(work_until(client, [&] { return closed == 1; }));
  EXPECT_EQ(server.connections(), 1U) << "it is not opened again before it is needed";
  client.set_call_activity(CallActivity::busy);
  ASSERT_TRUE(work_until(client, [&] { return server.sends() == 2; }));
  EXPECT_EQ(server.connections(), 2U);
}

}  // namespace
}  // namespace cardmute::http
