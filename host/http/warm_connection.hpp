// Keeps one connection to the provider open, so that a mute costs one round trip and no handshake.
// Client owns it; only the .cpp files of http/ include this. It never reports: a connection that
// cannot be opened shows in the next request, which tries by itself.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "http/transfer.hpp"

namespace cardmute::http {

class WarmConnection {
 public:
  using Clock = std::chrono::steady_clock;

  WarmConnection(CURLM* multi, const Settings& settings);
  ~WarmConnection();
  WarmConnection(const WarmConnection&) = delete;
  WarmConnection& operator=(const WarmConnection&) = delete;

  // Opens a connection to the origin of `url` unless it is the one that is kept already.
  void keep(const std::string& url, Clock::time_point now);

  // The request that opens the connection has ended.
  void opened(CURLcode code, Clock::time_point now);

  // Opens the connection again if it is gone and the time for it has come. Call it only while no
  // request is in flight. True: there is something new for libcurl to do.
  bool renew_if_due(Clock::time_point now);

  // When renew_if_due() wants to be called; nothing: not before something happens.
  [[nodiscard]] std::optional<Clock::time_point> due() const { return due_; }

  // The socket to watch while no request is in flight, CURL_SOCKET_BAD when there is none...
  [[nodiscard]] curl_socket_t idle_socket();
  // ...and the word that it can be read: an idle connection has nothing to say but its end, or
  // something that the next request will digest.
  void idle_socket_stirred(Clock::time_point now);

  // Before the multi is destroyed with its connections, and after another has taken its place.
  void leave_multi();
  void join_multi(CURLM* multi, Clock::time_point now);

  // Whether the server was last heard to speak HTTP/2.
  [[nodiscard]] bool multiplexes() const { return multiplexes_; }

 private:
  void open(Clock::time_point now);
  void plan(bool failed, Clock::time_point now);

  CURLM* multi_;
  Transfer head_;
  std::string origin_;  // empty: nothing is kept
  bool in_multi_ = false;
  bool opening_ = false;
  bool multiplexes_ = false;
  Clock::time_point begun_;
  std::chrono::milliseconds spacing_;
  std::optional<Clock::time_point> due_;
};

}  // namespace cardmute::http
