// Tests that the configured proxy is used. If none is configured, the environment's proxy is used,
// but never for loopback addresses.
#include <gmock/gmock.h>

#include <cstdlib>

#include "http_test_support.hpp"
#include "test_server.hpp"

namespace cardmute::http {
namespace {

using testing::HasSubstr;
using testing::StartsWith;
using namespace cardmute::test;

// Sets an environment variable for one test.
class Variable {
 public:
  Variable(const char* name, const std::string& value) : name_(name) {
    ::setenv(name, value.c_str(), 1);
  }
  ~Variable() { ::unsetenv(name_); }
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;

 private:
  const char* name_;
};

void refuse_tunnel(TestServer::Connection& connection) {
  connection.read_request();
  connection.send(http_answer("407 Proxy Authentication Required", ""));
}

TEST(HttpProxy, ConfiguredProxyThatRefusesIsNamed) {
  const TestServer proxy(refuse_tunnel);
  const Result result =
      perform({.ca_pem = "", .proxy = proxy.url()}, post("https://crm.test/x"), kPatience_ms);
  EXPECT_EQ(result.failure, Failure::connect);
  EXPECT_FALSE(result.sent);
  EXPECT_THAT(result.failure_text, HasSubstr("configured proxy"));
  ASSERT_EQ(proxy.requests().size(), 1U);
  EXPECT_THAT(proxy.requests().front(), StartsWith("CONNECT crm.test:443 HTTP/1.1\r\n"));
}

TEST(HttpProxy, ConfiguredProxyThatDoesNotListenIsNamed) {
  const std::string proxy = "http://user:secret@127.0.0.1:" + std::to_string(closed_port());
  const Result result =
      perform({.ca_pem = "", .proxy = proxy}, post("https://crm.test/x"), kPatience_ms);
  EXPECT_EQ(result.failure, Failure::connect);
  EXPECT_THAT(result.failure_text, HasSubstr("configured proxy"));
  EXPECT_THAT(result.failure_text, testing::Not(HasSubstr("secret")));
}

TEST(HttpProxy, ConfiguredProxyWithoutAddressIsNamed) {
  const Result result = perform({.ca_pem = "", .proxy = "http://absent.test:3128"},
                                post("https://crm.test/x"), kPatience_ms);
  EXPECT_EQ(result.failure, Failure::resolve);
  EXPECT_THAT(result.failure_text, HasSubstr("proxy"));
}

TEST(HttpProxy, EnvironmentsProxyIsUsedAndNamed) {
  const TestServer proxy(refuse_tunnel);
  const Variable variable("https_proxy", proxy.url());
  const Result result = perform({}, post("https://crm.test/x"), kPatience_ms);
  EXPECT_EQ(result.failure, Failure::connect);
  EXPECT_THAT(result.failure_text, HasSubstr("https_proxy"));
  EXPECT_EQ(proxy.requests().size(), 1U);
}

TEST(HttpProxy, EnvironmentsProxyIsNotUsedForThisMachine) {
  const TestServer proxy(refuse_tunnel);
  const TestServer server([](TestServer::Connection& connection) {
    connection.read_request();
    connection.send(http_answer("200 OK", "direct"));
  });
  const Variable plain("http_proxy", proxy.url());
  const Variable all("all_proxy", proxy.url());
  EXPECT_EQ(perform({}, post(server.url()), kPatience_ms).body, "direct");
  EXPECT_EQ(proxy.connections(), 0U);
}

TEST(HttpProxy, ConfiguredProxyIsUsedWhateverTheEnvironmentExempts) {
  const TestServer proxy([](TestServer::Connection& connection) {
    connection.read_request();
    connection.send(http_answer("200 OK", "by proxy"));
  });
  const Variable variable("no_proxy", "*");
  const Result result =
      perform({.ca_pem = "", .proxy = proxy.url()},
              post("http://127.0.0.1:" + std::to_string(closed_port()) + "/"), kPatience_ms);
  EXPECT_EQ(result.body, "by proxy");
}

}  // namespace
}  // namespace cardmute::http
