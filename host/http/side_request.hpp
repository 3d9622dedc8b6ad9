// One HTTP request at a time beside a stream, on connections of its own, which Client::wait()
// drives. For requests that must never disturb a mute.
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

  // Starts a request. One that is in flight is dropped.
  void start(const Request& request, int timeout_ms);
  void drop();
  // Returns the result once it is there.
  std::optional<Result> take();

  // For Client::watch().
  [[nodiscard]] Watched& watched();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace cardmute::http
