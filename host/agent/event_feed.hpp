// Passes what the provider tells of the extension's calls to the session, as they begin, change and
// end.
#pragma once

#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "agent/feed_connection.hpp"
#include "agent/session.hpp"
#include "config/config.hpp"

namespace cardmute::agent {

// The agent is told that there are no events once the network has failed for this long: most such
// failures are over sooner.
inline constexpr int kFeedFails_ms = 10'000;

// A new list of all calls is requested at most this often.
inline constexpr int kRenewalPause_ms = 5000;

class EventFeed {
 public:
  // `wake` is called on another thread when work() has something to do.
  EventFeed(Session& session, std::function<void()> wake)
      : session_(session), wake_(std::move(wake)) {}

  // Nothing, or an account without a feed: there are no events. watched() changes.
  void configure(const std::optional<config::Config>& config, engine::Moment now);
  // The browser has sent hello: connect now. Before that the host may not be needed at all.
  void wanted() { wanted_ = true; }
  // What the client must drive (http::Client::watch).
  [[nodiscard]] std::vector<http::Watched*> watched() const;

  // Does what is due, and passes on what has come. Returns whether the session has learned
  // something.
  bool work(engine::Moment now);
  [[nodiscard]] std::optional<engine::Steady> next_deadline() const;
  // By the provider's word and what the session still has to do. Unknown while no events come.
  [[nodiscard]] http::CallActivity call_activity(engine::Moment now) const;
  // Why no events come, if that lasts; nullopt without a feed.
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
