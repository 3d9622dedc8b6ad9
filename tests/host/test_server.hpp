// A server on loopback that a test's script controls byte by byte. It counts connections. Its
// functions wait for events; only drip() waits for time to pass.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "test_certificates.hpp"

struct ssl_ctx_st;
struct ssl_st;

namespace cardmute::test {

// A complete HTTP answer with a Content-Length. Each of the `headers` ends with CR and LF.
std::string http_answer(std::string_view status, std::string_view body,
                        std::string_view headers = "");

class TestServer {
 public:
  class Connection;
  // Serves one connection on a thread of its own. When the function returns, the connection is
  // closed.
  using Script = std::function<void(Connection&)>;

  struct Tls {
    Certificates certificates;
    bool only_before_1_2 = false;
  };

  explicit TestServer(Script script, std::optional<Tls> tls = std::nullopt);
  // Ends all scripts: their reads find the end of input, and what they send is lost.
  ~TestServer();
  TestServer(const TestServer&) = delete;
  TestServer& operator=(const TestServer&) = delete;

  [[nodiscard]] int port() const { return port_; }
  [[nodiscard]] std::string url(std::string_view path = "/") const;

  // What has arrived so far.
  [[nodiscard]] std::size_t connections() const;
  [[nodiscard]] std::vector<std::string> requests() const;
  // How many calls of send() have sent all their bytes, in all scripts; drip() calls send() for
  // each byte. What they sent has reached the client.
  [[nodiscard]] std::size_t sends() const;

 private:
  void accept_all();
  void serve(Connection& connection);

  Script script_;
  std::optional<Tls> tls_;
  std::shared_ptr<ssl_ctx_st> tls_context_;
  int listener_ = -1;
  int port_ = 0;
  mutable std::mutex mutex_;
  std::list<Connection> connections_;
  std::vector<std::string> requests_;
  std::size_t sends_ = 0;
  std::list<std::thread> threads_;
  std::thread acceptor_;  // the last member, because it uses all the others
};

class TestServer::Connection {
 public:
  Connection(TestServer& server, int socket, std::size_t number)
      : server_(server), socket_(socket), number_(number) {}

  // The number of this connection, from 1.
  [[nodiscard]] std::size_t number() const { return number_; }
  // The next request with its body; empty if the client has closed the connection.
  std::string read_request();
  void send(std::string_view bytes);
  // Sends byte by byte with pauses, until all is sent or the client has closed the connection.
  void drip(std::string_view bytes, std::chrono::milliseconds pause);
  void wait_for_close();
  // Closes the connection so that the client sees "connection reset".
  void reset();

 private:
  friend class TestServer;
  bool receive();
  bool start_tls();
  void close();

  TestServer& server_;
  int socket_;
  std::size_t number_;
  std::string buffer_;
  std::shared_ptr<ssl_st> tls_;
};

// A port on loopback on which nothing listens.
int closed_port();

}  // namespace cardmute::test
