// Passes the provider's events about the extension's calls to the session: the beginning, changes
// and end of each call.
#pragma once

#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "agent/feed_connection.hpp"
#include "agent/session.hpp"
#include "config/config.hpp"

namespace cardmute::agent {

// After the network has failed for this long, the agent is told that no events come. Most failures
// of the network are over sooner. Other failures are reported at once.
inline constexpr int kFeedFails_ms = 10'000;

// The least time between two requests for a new list of all calls.
inline constexpr int kRenewalPause_ms = 5000;

class EventFeed {
 public:
  // `wake` is called on another thread when work() has something to do.
  EventFeed(Session& session, std::function<void()> wake)
      : session_(session), wake_(std::move(wake)) {}

  // Call this with each new configuration. If there is no configuration, or its account has no
  // feed, there are no events. The result of watched() may change.
  void configure(const std::optional<config::Config>& config, engine::Moment now);
  // The browser has said hello, so events are needed from now on. Before that, the host may not be
  // needed at all.
  void wanted() { wanted_ = true; }
  // The connections that the HTTP client must drive (http::Client::watch).
  [[nodiscard]] std::vector<http::Watched*> watched() const;

  // Sends what is due and passes on the events that have come. Returns whether the session has
  // learned anything.
  bool work(engine::Moment now);
  [[nodiscard]] std::optional<engine::Steady> next_deadline() const;
  // `idle` if the events show no call and the engine has nothing left to do, otherwise `busy`;
  // `unknown` while the feed is not live.
  [[nodiscard]] http::CallActivity call_activity(engine::Moment now) const;
  // Why no events come; nullopt if they come, if there is no feed, or if the network has failed for
  // less than kFeedFails_ms.
  [[nodiscard]] std::optional<Error> problem(engine::Steady now) const;

 private:
  [[nodiscard]] std::optional<engine::Steady> renewal_due() const;

  Session& session_;
  std::function<void()> wake_;
  bool wanted_ = false;
  std::optional<FeedConnection> connection_;
  std::optional<engine::Steady> failing_since_;
  std::optional<engine::Steady> renewed_at_;
};

}  // namespace cardmute::agent
