// Tests TLS: the server's certificate is always verified.
#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <span>
#include <string>
#include <vector>

#include "http/system_certificates.hpp"
#include "http_test_support.hpp"
#include "test_server.hpp"

namespace cardmute::http {
namespace {

using testing::HasSubstr;
using testing::Not;
using namespace cardmute::test;

class HttpTls : public testing::Test {
 protected:
  HttpTls() { std::filesystem::create_directories(folder_); }
  ~HttpTls() override { std::filesystem::remove_all(folder_); }

  static void answer(TestServer::Connection& connection) {
    while (true) {
      const std::string request = connection.read_request();
      if (request.empty()) return;
      connection.send(http_answer("200 OK", request.starts_with("HEAD") ? "" : "fine"));
    }
  }
  const std::filesystem::path& folder() { return folder_; }
  Certificates certificates(const std::string& names) { return make_certificates(folder_, names); }
  static std::string text_of(const std::filesystem::path& file) {
    std::ifstream stream(file);
    return {std::istreambuf_iterator<char>(stream), {}};
  }
  static Result ask(const TestServer& server, const std::string& ca_pem) {
    return perform({.ca_pem = ca_pem, .proxy = ""}, post(server.url("/x?secret=1")), kPatience_ms);
  }

 private:
  std::filesystem::path folder_ =
      std::filesystem::path(testing::TempDir()) /
      ("cardmute-tls-" +
       std::string(testing::UnitTest::GetInstance()->current_test_info()->name()));
};

TEST_F(HttpTls, TheFirstFileOfTheSystemThatExistsIsUsed) {
  const auto present = folder() / "present.crt";
  std::ofstream(present) << "certificates";
  const std::vector<std::filesystem::path> files{folder() / "absent.crt", present, folder()};
  EXPECT_EQ(first_that_exists(files), present.string());
  EXPECT_EQ(first_that_exists(std::span(files).first(1)), "");
  EXPECT_TRUE(std::filesystem::exists(system_ca_file())) << "the packages need ca-certificates";
}

TEST_F(HttpTls, CertificateOfTheNamedAuthorityIsTrusted) {
  const auto files = certificates("IP:127.0.0.1");
  const TestServer server(answer, TestServer::Tls{files});
  const Result result = ask(server, text_of(files.ca));
  EXPECT_EQ(result.failure, Failure::none) << result.failure_text;
  EXPECT_EQ(result.body, "fine");
}

TEST_F(HttpTls, CertificateOfAnUnknownAuthorityIsNotTrusted) {
  const TestServer server(answer, TestServer::Tls{certificates("IP:127.0.0.1")});
  const Result result = ask(server, "");
  EXPECT_EQ(result.failure, Failure::tls);
  EXPECT_FALSE(result.sent);
  EXPECT_THAT(result.failure_text, HasSubstr("certificate"));
  EXPECT_THAT(result.failure_text, Not(HasSubstr("secret")));
  EXPECT_TRUE(server.requests().empty());
}

TEST_F(HttpTls, CertificateForAnotherHostIsNotTrusted) {
  const auto files = certificates("DNS:other.test,IP:127.0.0.2");
  const TestServer server(answer, TestServer::Tls{files});
  const Result result = ask(server, text_of(files.ca));
  EXPECT_EQ(result.failure, Failure::tls);
  EXPECT_FALSE(result.sent);
  EXPECT_TRUE(server.requests().empty());
}

TEST_F(HttpTls, TextWithoutACertificateIsAFailure) {
  const auto files = certificates("IP:127.0.0.1");
  const TestServer server(answer, TestServer::Tls{files});
  const Result result = ask(server, "no certificate");
  EXPECT_EQ(result.failure, Failure::tls);
  EXPECT_FALSE(result.sent);
}

TEST_F(HttpTls, OldTlsIsRefused) {
  const auto files = certificates("IP:127.0.0.1");
  const TestServer server(answer, TestServer::Tls{files, true});
  const Result result = ask(server, text_of(files.ca));
  EXPECT_EQ(result.failure, Failure::tls);
  EXPECT_FALSE(result.sent);
}

TEST_F(HttpTls, ServerWithoutTlsIsRefused) {
  const TestServer server([](TestServer::Connection& connection) {
    connection.send(http_answer("200 OK", "fine"));
    connection.wait_for_close();
  });
  const Result result =
      perform({}, post("https://127.0.0.1:" + std::to_string(server.port()) + "/"), kPatience_ms);
  EXPECT_EQ(result.failure, Failure::tls);
  EXPECT_FALSE(result.sent);
}

TEST_F(HttpTls, WarmConnectionSavesTheHandshake) {
  const auto files = certificates("IP:127.0.0.1");
  const TestServer server(answer, TestServer::Tls{files});
  Client client({.ca_pem = text_of(files.ca), .proxy = ""});
  client.keep_warm(server.url());
  await_warmth(client, server);
  client.start(1, post(server.url()), kPatience_ms);
  EXPECT_EQ(next(client).result.body, "fine");
  EXPECT_EQ(server.connections(), 1U);
}

}  // namespace
}  // namespace cardmute::http
