// Sends the engine's requests to the telephone provider, and returns their outcomes. It has one
// HTTP client.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include "agent/file_thread.hpp"
#include "agent/made_request.hpp"
#include "config/config.hpp"
#include "engine/engine.hpp"
#include "http/client.hpp"
#include "telephony/account.hpp"

namespace cardmute::agent {

struct MuteFinished {
  engine::Send send;
  engine::Outcome outcome;
};
struct CallsListed {
  engine::Attempt attempt = 0;
  telephony::ListedCalls calls;
};
using ProviderResult = std::variant<MuteFinished, CallsListed>;

class Provider {
 public:
  // Call this only while no mute or unmute is in flight. A check in flight and requests for the
  // list that are still being made end with an error. A request for the list that was sent ends
  // without a result. While `config` is null (no valid configuration), only checks may be sent.
  void configure(const config::Config* config);
  // From now until the next configure(), wait() drives these connections too.
  void watch(const std::vector<http::Watched*>& watched);
  // Opens the connection that the next mute will use, and keeps it open for a while
  // (http::Client::keep_warm). Call this only with a valid configuration.
  void warm_up();

  void set_call_activity(http::CallActivity activity) { client_->set_call_activity(activity); }

  void start(const engine::Send& send);
  void start(const engine::RequestCalls& ask);
  // Requests the list of calls of another account, such as one with another extension. There must
  // be no other such request in flight.
  void check(std::shared_ptr<const telephony::Account> account, engine::Attempt attempt);
  void start(const engine::Cancel& cancel);

  // Whether the last wait() ended because of something that is watched.
  [[nodiscard]] bool watched_ended_wait() const { return client_->watched_ended_wait(); }
  // Returns the requests that have ended. Waits at most `timeout_ms` for one; returns sooner after
  // wake(), or if something happens to what is watched.
  std::vector<ProviderResult> wait(int timeout_ms);
  // The only function that another thread may call.
  void wake();

 private:
  using Made = MadeRequest<telephony::CallsRequest>;

  void make_client(const http::Settings& settings);
  void request_calls(std::shared_ptr<const telephony::Account> account,
                     const engine::RequestCalls& ask);
  void send(const engine::RequestCalls& ask, std::uint64_t number, Made& made);
  // Reports why there is no list.
  void not_listed(engine::Attempt attempt, Error error);
  void fail_late_requests();
  ProviderResult interpret(const http::Completed& completed);

  std::shared_ptr<const telephony::Account> account_;  // null without a valid configuration
  std::map<engine::Attempt, engine::Send> in_flight_;
  // The account that is being checked, with the attempt of its request.
  std::optional<std::pair<engine::Attempt, std::shared_ptr<const telephony::Account>>> checked_;
  std::vector<ProviderResult> at_once_;  // results of requests that could not be sent
  // A request that another thread is making.
  struct Making {
    std::chrono::steady_clock::time_point late_at;  // the request fails if not made by then
    std::uint64_t number = 0;  // distinguishes requests with the same attempt, such as two checks
  };
  std::map<engine::Attempt, Making> being_made_;
  std::uint64_t makings_ = 0;
  std::mutex wake_mutex_;
  std::unique_ptr<http::Client> client_;
  FileThread files_{[this] { wake(); }};
};

}  // namespace cardmute::agent
