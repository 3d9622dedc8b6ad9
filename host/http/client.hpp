// An HTTP client for one thread, with a warm connection, deadlines, a proxy and a CA file. libcurl
// stays private to http/.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "http/message.hpp"

namespace cardmute::http {

class Watched;

// The largest response body that is read. The answers to a mute have less than 200 bytes.
inline constexpr std::size_t kMaxBody_bytes = std::size_t{64} * 1024;
// The most requests in flight in one client. A further request completes at once with
// Failure::other.
inline constexpr std::size_t kMaxInFlight_requests = 16;

// A connection that was not used for this long is closed, because most of ten thousand workstations
// have no form open. A request, keep_warm() and an active call are uses; the next one opens the
// connection again.
inline constexpr int kKeptWarm_ms = 10 * 60 * 1000;
// The limit that replaces kKeptWarm_ms while it is known that there is no call.
inline constexpr int kKeptIdle_ms = 60 * 1000;

// Whether calls are active. If one is, a request may come soon.
enum class CallActivity { unknown, busy, idle };

struct Settings {
  // Certificates (PEM) that replace the system's; empty: use the system's. The setting is not a
  // file's name, because libcurl would read the file in the loop's thread.
  std::string ca_pem;
  // The proxy's URL; empty: the proxy of the environment or of the system (none for a loopback
  // target).
  std::string proxy;
  int kept_warm_ms = kKeptWarm_ms;  // how long a warm connection is kept; tests use less
  int kept_idle_ms = kKeptIdle_ms;
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

  // Opens the connection that later requests to the origin of `url` will use, and no longer keeps
  // one to another origin. If the server closes the connection, it is opened again, as long as its
  // last use is less than kKeptWarm_ms ago. Opening it sends a HEAD for "/".
  void keep_warm(const std::string& url);

  // Says whether the agent has active calls. Each call with `busy` counts as a use of the
  // connection, so repeating it keeps the connection open. While there is no call, the connection
  // is kept only for kKeptIdle_ms after its last use. While nobody knows, as at first, it is kept
  // as keep_warm() says.
  void set_call_activity(CallActivity activity);

  // Starts a request; wait() returns its result under `token`. `timeout_ms` covers the whole
  // request, including connecting. Redirects are not followed.
  void start(std::uint64_t token, const Request& request, int timeout_ms);

  // Cancels the request, if it is in flight; wait() returns it with Failure::timeout and the right
  // value of `sent`.
  void cancel(std::uint64_t token);

  // From now on wait() also drives `watched` (of a Stream or a SideRequest), which must exist at
  // each later wait().
  void watch(Watched& watched);

  // Drives the requests and the watched objects until a request has ended, a watched object has
  // something for its owner, wake() is called or `timeout_ms` has passed. Returns the requests that
  // have ended.
  std::vector<Completed> wait(int timeout_ms);
  // Whether the last wait() ended because a watched object has something for its owner.
  [[nodiscard]] bool watched_ended_wait() const;

  // Ends the current or the next wait(). The only method that another thread may call.
  void wake();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// Sends one request and waits for its result.
Result perform(const Settings& settings, const Request& request, int timeout_ms);

}  // namespace cardmute::http
