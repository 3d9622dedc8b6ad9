// One HTTP client on one thread: a warm connection, deadlines, proxy and CA. The loop in run/ and
// the commands in cli/ use it; only client.cpp knows that it is libcurl.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "http/message.hpp"

namespace cardmute::http {

// The largest answer that is read; Voicenter's are under 200 bytes.
inline constexpr std::size_t kMaxBody_bytes = std::size_t{64} * 1024;
// Requests in flight in one client; start() over it completes at once with Failure::other.
inline constexpr std::size_t kMaxInFlight_requests = 16;

struct Settings {
  std::string ca_file;  // PEM bundle that replaces the system's; empty: the system's
  std::string proxy;    // URL; empty: the environment's (never for a loopback target)
};

struct Completed {
  std::uint64_t token = 0;
  Result result;
};

class Client {
 public:
  explicit Client(Settings settings);
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  // Opens the connection that a later request to the same origin as `url` will use, and keeps it
  // open from then on (it is opened again when the server closes it). Sends at most a HEAD for "/".
  void keep_warm(const std::string& url);

  // Starts a request; its end comes out of wait() under `token`. `timeout_ms` covers the whole of
  // it, connecting included. Redirects are not followed.
  void start(std::uint64_t token, const Request& request, int timeout_ms);

  // Gives the request up; it comes out of wait() with Failure::timeout and the truth in `sent`.
  void cancel(std::uint64_t token);

  // Does the work and returns what has ended, after `timeout_ms` at the latest, and earlier when a
  // request ended or wake() was called.
  std::vector<Completed> wait(int timeout_ms);

  // Ends the present or the next wait(). The only call that another thread may make.
  void wake();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// One request from start to end, for commands that a person waits for.
Result perform(const Settings& settings, const Request& request, int timeout_ms);

}  // namespace cardmute::http
