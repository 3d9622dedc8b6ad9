// One request on one reusable libcurl handle: its options, its answer, its end. Client and
// WarmConnection drive it; only the .cpp files of http/ include this.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "http/client.hpp"
#include "http/curl_handles.hpp"
#include "http/url.hpp"

namespace cardmute::http {

class Transfer {
 public:
  explicit Transfer(Settings settings);
  ~Transfer() = default;
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  // Makes the handle ready for `request`. Gives why it must not or cannot be sent, in plain words;
  // nothing when it is ready. `wait_for_multiplexing`: rather than open a connection, wait for one
  // that is being opened (only wise where the server is known to speak HTTP/2).
  std::optional<std::string> prepare(std::uint64_t token, const Request& request, int timeout_ms,
                                     bool wait_for_multiplexing);

  // What came of it, `code` being libcurl's word. Call it while the handle is still in its multi.
  Result finish(CURLcode code);
  // The same for a request that is given up before its end.
  Result abandon();

  [[nodiscard]] CURL* easy() const { return easy_.get(); }
  [[nodiscard]] std::uint64_t token() const { return token_; }
  // Whether the answer came over HTTP/2. Only after the end.
  [[nodiscard]] bool multiplexed() const;
  // The socket of the connection that this request used, while libcurl keeps it open and the handle
  // is still in its multi; CURL_SOCKET_BAD otherwise.
  [[nodiscard]] curl_socket_t open_socket() const;

 private:
  static std::size_t on_body(char* data, std::size_t size, std::size_t count, void* self);
  static int on_request(void* self, char* remote_ip, char* local_ip, int remote_port,
                        int local_port);
  void set_method(const Request& request);
  void set_proxy(const Origin& origin);
  [[nodiscard]] double elapsed_ms() const;
  [[nodiscard]] std::string failure_text(CURLcode code) const;

  Settings settings_;
  HeaderList post_headers_;
  std::array<char, CURL_ERROR_SIZE> error_text_{};
  Easy easy_;  // after what it points to, so that it goes first

  std::uint64_t token_ = 0;
  std::chrono::steady_clock::time_point started_;
  std::string request_body_;
  std::string answer_body_;
  std::string proxy_note_;  // how a failure on the way to the server names the proxy
  bool sent_ = false;
  bool too_large_ = false;
};

}  // namespace cardmute::http
