#include "test_server.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <stdexcept>
#include <system_error>

namespace cardmute::test {

namespace {

int listen_on_loopback(int& port) {
  const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  if (::bind(listener, generic, size) != 0 || ::listen(listener, SOMAXCONN) != 0 ||
      ::getsockname(listener, generic, &size) != 0) {
    throw std::system_error(errno, std::generic_category(), "listening on loopback");
  }
  port = ntohs(address.sin_port);
  return listener;
}

std::shared_ptr<SSL_CTX> make_context(const TestServer::Tls& tls) {
  std::shared_ptr<SSL_CTX> context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
  const auto& files = tls.certificates;
  if (SSL_CTX_use_certificate_file(context.get(), files.certificate.c_str(), SSL_FILETYPE_PEM) !=
          1 ||
      SSL_CTX_use_PrivateKey_file(context.get(), files.key.c_str(), SSL_FILETYPE_PEM) != 1) {
    throw std::runtime_error("the test's certificate cannot be used");
  }
  if (tls.only_before_1_2) {
    SSL_CTX_set_cipher_list(context.get(), "ALL:@SECLEVEL=0");
    SSL_CTX_set_min_proto_version(context.get(), TLS1_VERSION);
    SSL_CTX_set_max_proto_version(context.get(), TLS1_1_VERSION);
  }
  return context;
}

// How many bytes the first request in `bytes` has; 0 while it is not complete.
std::size_t request_size(const std::string& bytes) {
  const std::size_t head_end = bytes.find("\r\n\r\n");
  if (head_end == std::string::npos) return 0;
  constexpr std::string_view kLength = "\r\nContent-Length: ";
  const std::size_t length = bytes.find(kLength);
  std::size_t size = head_end + 4;
  if (length < head_end) size += std::stoul(bytes.substr(length + kLength.size()));
  return bytes.size() < size ? 0 : size;
}

}  // namespace

std::string http_answer(std::string_view status, std::string_view body, std::string_view headers) {
  return "HTTP/1.1 " + std::string(status) + "\r\nContent-Length: " + std::to_string(body.size()) +
         "\r\n" + std::string(headers) + "\r\n" + std::string(body);
}

int closed_port() {
  int port = 0;
  ::close(listen_on_loopback(port));
  return port;
}

TestServer::TestServer(Script script, std::optional<Tls> tls)
    : script_(std::move(script)), tls_(std::move(tls)) {
  std::signal(SIGPIPE, SIG_IGN);
  if (tls_) tls_context_ = make_context(*tls_);
  listener_ = listen_on_loopback(port_);
  acceptor_ = std::thread([this] { accept_all(); });
}

TestServer::~TestServer() {
  ::shutdown(listener_, SHUT_RDWR);
  acceptor_.join();
  ::close(listener_);
  {
    const std::scoped_lock lock(mutex_);
    for (const Connection& connection : connections_) {
      if (connection.socket_ >= 0) ::shutdown(connection.socket_, SHUT_RDWR);
    }
  }
  for (std::thread& thread : threads_) thread.join();
}

std::string TestServer::url(std::string_view path) const {
  return (tls_ ? "https://127.0.0.1:" : "http://127.0.0.1:") + std::to_string(port_) +
         std::string(path);
}

std::size_t TestServer::connections() const {
  const std::scoped_lock lock(mutex_);
  return connections_.size();
}

std::vector<std::string> TestServer::requests() const {
  const std::scoped_lock lock(mutex_);
  return requests_;
}

std::size_t TestServer::sends() const {
  const std::scoped_lock lock(mutex_);
  return sends_;
}

void TestServer::accept_all() {
  for (;;) {
    const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (socket < 0) return;
    const int at_once = 1;  // makes everything that a script sends arrive before send() returns
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &at_once, sizeof at_once);
    const std::scoped_lock lock(mutex_);
    Connection& connection = connections_.emplace_back(*this, socket, connections_.size() + 1);
    threads_.emplace_back([this, &connection] { serve(connection); });
  }
}

void TestServer::serve(Connection& connection) {
  if (!tls_ || connection.start_tls()) script_(connection);
  connection.close();
}

bool TestServer::Connection::start_tls() {
  tls_.reset(SSL_new(server_.tls_context_.get()), SSL_free);
  SSL_set_fd(tls_.get(), socket_);
  return SSL_accept(tls_.get()) == 1;
}

bool TestServer::Connection::receive() {
  std::array<char, 4096> bytes{};
  const ssize_t count = tls_ ? SSL_read(tls_.get(), bytes.data(), bytes.size())
                             : ::recv(socket_, bytes.data(), bytes.size(), 0);
  if (count <= 0) return false;
  buffer_.append(bytes.data(), static_cast<std::size_t>(count));
  return true;
}

std::string TestServer::Connection::read_request() {
  std::size_t size = 0;
  while ((size = request_size(buffer_)) == 0) {
    if (!receive()) return "";
  }
  std::string request = buffer_.substr(0, size);
  buffer_.erase(0, size);
  const std::scoped_lock lock(server_.mutex_);
  server_.requests_.push_back(request);
  return request;
}

void TestServer::Connection::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = tls_ ? SSL_write(tls_.get(), bytes.data(), static_cast<int>(bytes.size()))
                               : ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count <= 0) return;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  const std::scoped_lock lock(server_.mutex_);
  ++server_.sends_;
}

void TestServer::Connection::drip(std::string_view bytes, std::chrono::milliseconds pause) {
  for (const char& byte : bytes) {
    pollfd closed{socket_, POLLIN, 0};
    if (::poll(&closed, 1, static_cast<int>(pause.count())) != 0) return;
    send({&byte, 1});
  }
}

void TestServer::Connection::wait_for_close() {
  while (receive()) {
  }
}

void TestServer::Connection::reset() {
  const linger at_once{1, 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  close();
}

void TestServer::Connection::close() {
  const std::scoped_lock lock(server_.mutex_);
  if (socket_ < 0) return;
  ::close(socket_);
  socket_ = -1;
}

}  // namespace cardmute::test
