// A byte stream over TCP or TLS, through the configured proxy, which Client::wait() drives. It is
// for protocols that are not HTTP, or are HTTP only until the first answer.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "http/client.hpp"
#include "http/message.hpp"

namespace cardmute::http {

// The most bytes that may wait to be written. If more wait, the stream ends.
inline constexpr std::size_t kMaxUnwritten_bytes = std::size_t{256} * 1024;

struct StreamEnd {
  Failure failure = Failure::reset;  // none: the other side has ended the stream
  std::string text = {};             // why, in words
};

class Stream {
 public:
  explicit Stream(const Settings& settings);
  ~Stream();
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;

  // Begins to connect to the origin of `url`: https, or http on this computer. Closes an earlier
  // stream first. If connecting fails, take_end() says why.
  void open(const std::string& url, int timeout_ms);
  // Closes the stream without telling the other side. Bytes that were read but not taken are
  // dropped, and so is an end that was not taken.
  void close();
  // Writes the bytes as soon as possible. If more than kMaxUnwritten_bytes are still unwritten
  // then, the stream ends. Call it only while is_open().
  void write(std::string_view bytes);

  // Whether there is a connection, with TLS and the proxy's tunnel.
  [[nodiscard]] bool is_open() const;
  // The bytes that were read since the last call.
  std::string take_read();
  // Returns once why the stream has ended, but only after everything that was read has been taken.
  std::optional<StreamEnd> take_end();

  // libcurl's multi handle, which SideRequest shares.
  [[nodiscard]] const std::shared_ptr<void>& multi() const;
  // The object to pass to Client::watch().
  [[nodiscard]] Watched& watched();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace cardmute::http
