// Sends one HTTP request at a time, on connections of its own, which Client::wait() drives. It is
// for requests that accompany a stream and must never disturb a mute.
#pragma once

#include <memory>
#include <optional>

#include "http/client.hpp"
#include "http/message.hpp"
#include "http/stream.hpp"

namespace cardmute::http {

class SideRequest {
 public:
  SideRequest(const Settings& settings, const Stream& stream);
  ~SideRequest();
  SideRequest(const SideRequest&) = delete;
  SideRequest& operator=(const SideRequest&) = delete;

  // Starts a request. If another one is in flight, it is dropped.
  void start(const Request& request, int timeout_ms);
  void drop();
  // Returns the result once, after the request has ended; nullopt before that, and after drop().
  std::optional<Result> take();

  // The object to pass to Client::watch().
  [[nodiscard]] Watched& watched();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace cardmute::http
