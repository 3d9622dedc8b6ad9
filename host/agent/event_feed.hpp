// Connects the provider's feed (telephony/feed.hpp) to the network and to the session: the calls of
// the extension, told as they begin, change and end. Its connections are apart from those of mutes.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "agent/session.hpp"
#include "config/config.hpp"
#include "http/client.hpp"
#include "http/side_request.hpp"
#include "http/stream.hpp"
#include "telephony/feed.hpp"

namespace cardmute::agent {

// The agent is told that there are no events once the network has failed for this long: most such
// failures are over sooner.
inline constexpr int kFeedFails_ms = 10'000;

class EventFeed {
 public:
  explicit EventFeed(Session& session) : session_(session) {}

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
  // Why no events come, if that lasts; nullopt without a feed.
  [[nodiscard]] std::optional<Error> problem(engine::Steady now) const;

 private:
  void take_what_came(engine::Moment now);
  void carry_out(telephony::FeedRequest& todo);
  void carry_out(telephony::FeedOpen& todo);
  void carry_out(telephony::FeedWrite& todo);
  void carry_out(telephony::FeedClose& todo);

  Session& session_;
  bool wanted_ = false;
  std::unique_ptr<http::SideRequest> request_;
  std::unique_ptr<http::Stream> stream_;
  bool was_open_ = false;
  std::unique_ptr<telephony::Feed> feed_;
  std::optional<engine::Steady> failing_since_;
};

}  // namespace cardmute::agent
