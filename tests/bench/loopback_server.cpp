#include "loopback_server.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "system_call.hpp"

namespace cardmute::bench {

namespace {

constexpr std::string_view kBody =
    R"({"ErrorCode":"200","Message":"Success","ActionID":"14d3b31988b247be8ff5818d1cad3d31"})";

std::string answer(bool with_body) {
  return "HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: " +
         std::to_string(kBody.size()) + "\r\n\r\n" + std::string(with_body ? kBody : "");
}

// The number after "content-length:", in small or capital letters; 0 if there is none.
std::size_t body_length(std::string_view head) {
  std::string lower(head);
  std::ranges::transform(lower, lower.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  });
  constexpr std::string_view kName = "\r\ncontent-length:";
  const auto at = lower.find(kName);
  if (at == std::string::npos) return 0;
  const auto digit = lower.find_first_of("0123456789", at + kName.size());
  if (digit == std::string::npos) return 0;
  std::size_t length = 0;
  std::from_chars(lower.data() + digit, lower.data() + lower.size(), length);
  return length;
}

class Connection {
 public:
  explicit Connection(int socket) : socket_(socket) {
    const int on = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  }

  [[nodiscard]] int socket() const { return socket_.number(); }

  // Reads what has arrived and answers complete requests. False if the client has closed.
  bool serve() {
    std::array<char, 4096> buffer{};
    const auto count = ::recv(socket(), buffer.data(), buffer.size(), 0);
    if (count <= 0) return false;
    received_.append(buffer.data(), static_cast<std::size_t>(count));
    for (;;) {
      const auto blank = received_.find("\r\n\r\n");
      if (blank == std::string::npos) return true;
      const auto end = blank + 4 + body_length(std::string_view(received_).substr(0, blank + 2));
      if (received_.size() < end) return true;
      const std::string text = answer(!received_.starts_with("HEAD "));
      received_.erase(0, end);
      if (::send(socket(), text.data(), text.size(), MSG_NOSIGNAL) < 0) return false;
    }
  }

 private:
  Descriptor socket_;
  std::string received_;
};

[[noreturn]] void serve(int listener) {
  std::vector<Connection> connections;
  std::vector<pollfd> watched;
  for (;;) {
    watched.assign(1, {listener, POLLIN, 0});
    for (const auto& connection : connections) watched.push_back({connection.socket(), POLLIN, 0});
    must(::poll(watched.data(), watched.size(), -1), "poll");
    for (std::size_t i = connections.size(); i > 0; --i) {
      if (watched[i].revents == 0 || connections[i - 1].serve()) continue;
      connections.erase(connections.begin() + static_cast<std::ptrdiff_t>(i - 1));
    }
    if (watched.front().revents != 0) {
      connections.emplace_back(must(::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC), "accept"));
    }
  }
}

}  // namespace

LoopbackServer::LoopbackServer() {
  const Descriptor listener(must(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), "socket"));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* const name = reinterpret_cast<sockaddr*>(&address);
  must(::bind(listener.number(), name, size), "bind");
  must(::listen(listener.number(), SOMAXCONN), "listen");
  must(::getsockname(listener.number(), name, &size), "getsockname");
  port_ = ntohs(address.sin_port);
  process_ = must(::fork(), "fork");
  if (process_ != 0) return;
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  try {
    serve(listener.number());
  } catch (const std::exception&) {
    std::_Exit(1);
  }
}

LoopbackServer::~LoopbackServer() {
  ::kill(process_, SIGKILL);
  ::waitpid(process_, nullptr, 0);
}

std::string LoopbackServer::mute_url() const {
  return "http://127.0.0.1:" + std::to_string(port_) + "/Comet/API/MuteUnmuteCalls";
}

}  // namespace cardmute::bench
