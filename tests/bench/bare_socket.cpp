#include "bare_socket.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <array>
#include <stdexcept>
#include <string>
#include <string_view>

#include "clock.hpp"

namespace cardmute::bench {

namespace {

// Returns a request with as many bytes as one of CardMute's host.
std::string request(bool mute) {
  const std::string body =
      std::string(R"({"extension":"API1API","state":")") + (mute ? '1' : '0') + "\"}";
  return "POST /Comet/API/MuteUnmuteCalls HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: CardMute\r\n"
         "Accept: */*\r\nContent-Type: application/json\r\nContent-Length: " +
         std::to_string(body.size()) + "\r\n\r\n" + body;
}

}  // namespace

BareSocket::BareSocket(int port)
    : socket_(must(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), "socket")) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  must(::connect(socket_.number(), reinterpret_cast<sockaddr*>(&address), sizeof address),
       "connect");
  const int on = 1;
  ::setsockopt(socket_.number(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

double BareSocket::post(bool mute) {
  const std::string text = request(mute);
  std::array<char, 4096> answer{};
  const auto begun = Clock::now();
  must(::send(socket_.number(), text.data(), text.size(), MSG_NOSIGNAL), "send");
  // The response arrives in one piece: the server sends it at once, and it is much smaller than a
  // segment.
  const auto count = must(::recv(socket_.number(), answer.data(), answer.size(), 0), "recv");
  const auto ended = Clock::now();
  const std::string_view got(answer.data(), static_cast<std::size_t>(count));
  if (!got.starts_with("HTTP/1.1 200 ") || !got.ends_with('}')) {
    throw std::runtime_error("the bare socket got an odd answer");
  }
  return ms_between(begun, ended);
}

}  // namespace cardmute::bench
