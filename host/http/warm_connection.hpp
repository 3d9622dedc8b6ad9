// Keeps one connection to the provider open, so that a mute costs one round trip and no handshake.
// It reports no errors: if the connection cannot be opened, the next request opens one itself and
// reports the error. Private to http/.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "http/transfer.hpp"

namespace cardmute::http {

class WarmConnection {
 public:
  using Clock = std::chrono::steady_clock;

  WarmConnection(CURLM* multi, const Settings& settings, std::chrono::milliseconds kept);
  ~WarmConnection();
  WarmConnection(const WarmConnection&) = delete;
  WarmConnection& operator=(const WarmConnection&) = delete;

  // From now on keeps a connection to the origin of `url` instead of the previous origin, or none
  // if `url` has no origin. Counts as a use.
  void keep(const std::string& url, Clock::time_point now);

  // A request is about to be sent, so the connection is in use. From now on it is kept for the time
  // that keep_for() has set, and opened again if let_go() was called.
  void used(Clock::time_point now);
  // Sets how long the connection is kept after its last use; before the first call, that is the
  // constructor's `kept`. `in_use`: a call is active, which counts as a use.
  void keep_for(std::chrono::milliseconds kept, bool in_use, Clock::time_point now);
  // Whether a connection is kept, and was not used for the time that keep_for() has set. False
  // after let_go() until the next use.
  [[nodiscard]] bool is_unused(Clock::time_point now) const;
  // The connection is not opened again before its next use: used(), keep(), or keep_for() with
  // `in_use`. The caller closes the present connection.
  void let_go();

  // To be called when the request that opens the connection has ended.
  void opened(CURLcode code, Clock::time_point now);

  // Opens the connection again if it was lost, or let go and then used, and the time for that has
  // come. Returns whether libcurl has new work. Call it only while no request is in flight.
  bool renew_if_due(Clock::time_point now);

  // When to call renew_if_due() or is_unused(); nullopt: not until something else happens.
  [[nodiscard]] std::optional<Clock::time_point> due() const;

  // The socket to watch while no request is in flight; CURL_SOCKET_BAD if there is none. If libcurl
  // has closed the connection, this function plans to open it again.
  [[nodiscard]] curl_socket_t idle_socket();
  // Call this if the idle_socket() is readable. Then the connection has ended, or there are data
  // which the next request will process.
  void idle_socket_stirred(Clock::time_point now);

  // Call leave_multi() before the multi handle is destroyed with its connections, and join_multi()
  // with the new multi handle that replaces it.
  void leave_multi();
  void join_multi(CURLM* multi, Clock::time_point now);

  // Whether the server spoke HTTP/2 the last time.
  [[nodiscard]] bool multiplexes() const { return multiplexes_; }

 private:
  void open(Clock::time_point now);
  void plan(bool failed, Clock::time_point now);

  CURLM* multi_;
  Transfer head_;
  std::chrono::milliseconds kept_;
  std::string origin_;  // empty: no connection is kept
  bool in_multi_ = false;
  bool opening_ = false;
  bool multiplexes_ = false;
  Clock::time_point begun_;
  Clock::time_point used_at_;
  bool let_go_ = false;
  std::chrono::milliseconds spacing_;
  std::optional<Clock::time_point> due_;
};

}  // namespace cardmute::http
