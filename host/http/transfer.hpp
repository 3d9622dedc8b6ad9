// One request on a libcurl handle that can be used again: its options, its response, its result.
// Private to http/.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "base/url.hpp"
#include "http/client.hpp"
#include "http/curl_handles.hpp"

namespace cardmute::http {

class Transfer {
 public:
  explicit Transfer(Settings settings);
  // Wipes the request's body, which may contain a secret.
  ~Transfer();
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  // Prepares the handle for `request`. Returns nullopt if it is ready, otherwise why the request
  // must not or cannot be sent. `wait_for_multiplexing`: do not open a connection, but wait for one
  // that is being opened (only useful if the server is known to speak HTTP/2).
  std::optional<std::string> prepare(std::uint64_t token, const Request& request, int timeout_ms,
                                     bool wait_for_multiplexing);

  // Prepares the handle for a connection without a request, for Stream.
  std::optional<std::string> prepare_stream(const std::string& url, int timeout_ms);

  // drive_multi() calls this when libcurl has ended the transfer.
  void ended(CURLcode code) { ended_ = code; }
  // Returns libcurl's code once; nullopt before the end.
  std::optional<CURLcode> take_end() { return std::exchange(ended_, std::nullopt); }
  // The result, given libcurl's `code`. Wipes the request's body. Call it while the handle is still
  // in its multi handle.
  Result finish(CURLcode code);
  // The result of a request that is cancelled before its end.
  Result abandon();

  [[nodiscard]] CURL* easy() const { return easy_.get(); }
  [[nodiscard]] std::uint64_t token() const { return token_; }
  // Whether the response came over HTTP/2. Call this only after the end.
  [[nodiscard]] bool multiplexed() const;
  // The socket of the connection that this request used; CURL_SOCKET_BAD if libcurl has closed the
  // connection, or if the handle is not in its multi handle.
  [[nodiscard]] curl_socket_t open_socket() const;

 private:
  static std::size_t on_body(char* data, std::size_t size, std::size_t count, void* self);
  static int on_request(void* self, char* remote_ip, char* local_ip, int remote_port,
                        int local_port);
  std::optional<std::string> begin(const std::string& url, int timeout_ms);
  void set_method(const Request& request);
  void set_bearer(const Request& request);
  void set_proxy(const url::Origin& origin);
  void decode_body(Result& result);
  [[nodiscard]] double elapsed_ms() const;
  [[nodiscard]] std::string failure_text(CURLcode code) const;

  Settings settings_;
  HeaderList post_headers_;
  std::array<char, CURL_ERROR_SIZE> error_text_{};
  Easy easy_;  // declared after the objects it points to, so that it is destroyed first

  std::uint64_t token_ = 0;
  std::chrono::steady_clock::time_point started_;
  std::string request_body_;
  std::string answer_body_;
  std::string proxy_note_;  // the words that name the proxy in a connection failure
  std::string proxy_flaw_;  // why the environment's proxy cannot be used; empty if it can
  bool library_text_is_public_ = true;  // whether libcurl's error message may be shown
  std::optional<CURLcode> ended_;
  bool sent_ = false;
  bool too_large_ = false;
};

}  // namespace cardmute::http
