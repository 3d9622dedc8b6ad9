// An object that Client::wait() drives in addition to its own requests. It does not use the
// client's multi handle, so that nothing it does can disturb a mute. Private to http/.
#pragma once

#include <chrono>
#include <optional>
#include <vector>

#include "http/curl_handles.hpp"

namespace cardmute::http {

class Watched {
 public:
  using Clock = std::chrono::steady_clock;

  virtual ~Watched() = default;
  // Appends the sockets to wait for. Returns when drive() must be called at the latest; nullopt:
  // only when one of the sockets is ready.
  virtual std::optional<Clock::time_point> watch(std::vector<curl_waitfd>& sockets) = 0;
  // Does everything that is possible without waiting. Returns whether the object has something for
  // its owner.
  virtual bool drive() = 0;

 protected:
  Watched() = default;
  Watched(const Watched&) = default;
  Watched& operator=(const Watched&) = default;
};

// Appends the sockets on which `multi` waits, and returns when it must be driven at the latest.
std::optional<Watched::Clock::time_point> watch_multi(CURLM* multi,
                                                      std::vector<curl_waitfd>& sockets);

// A multi handle that a stream and its side requests share, so that libcurl reads and keeps the
// system's certificates only once.
SharedMulti make_side_multi();
// Does everything that is possible without waiting, and calls ended() of each transfer that has
// ended.
void drive_multi(CURLM* multi);

}  // namespace cardmute::http
