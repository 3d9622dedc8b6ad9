// The provider's unasked messages about calls: the beginning, changes and end of each call. A
// provider that sends them derives a class from Feed. The class decides what to send and reads what
// comes. It has no sockets and no clock, so tests can play hours of it. agent/event_feed.hpp
// connects it to the network.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/error.hpp"
#include "engine/calls.hpp"
#include "engine/moment.hpp"
#include "http/message.hpp"
#include "http/stream.hpp"

namespace cardmute::telephony {

// Asks the caller to send the request that `make` returns, and to pass the result to answered(). If
// `make` returns an error, the caller passes that to not_made(). There is only one such request at
// a time. `make` may read a file, so it must be called on a thread that nobody waits for. It can
// still be running when the feed is destroyed.
struct FeedRequest {
  using Made = std::variant<http::Request, Error>;
  std::function<Made()> make;
  int timeout_ms = 0;
};
// Asks the caller to open a stream to this origin, to close any earlier stream, and then to call
// opened() or ended().
struct FeedOpen {
  std::string url;
  int timeout_ms = 0;
};
struct FeedWrite {
  std::string bytes;
};
struct FeedClose {};
using FeedAction = std::variant<FeedRequest, FeedOpen, FeedWrite, FeedClose>;

// `renewing`: the feed was live, and connects again only to get a new list of all calls. The list
// will contain every change that happens meanwhile. If the list does not come soon, the state
// becomes `connecting`. `refused`: the feed has given up for good; problem() says why.
enum class FeedState { connecting, live, renewing, refused };

class Feed {
 public:
  virtual ~Feed() = default;

  // --- Events. Call take_actions() and take_lists() after each.

  // Call this at the start, and when next_deadline() has passed.
  virtual void tick(engine::Moment now) = 0;
  virtual void answered(http::Result& result, engine::Moment now) = 0;
  virtual void not_made(Error error, engine::Moment now) = 0;
  virtual void opened(engine::Moment now) = 0;
  virtual void received(std::string_view bytes, engine::Moment now) = 0;
  virtual void ended(const http::StreamEnd& end, engine::Moment now) = 0;
  // An event may have been lost, so fetch a new list of all calls. This does nothing unless the
  // feed is live.
  virtual void renew(engine::Moment now) = 0;

  // --- What the caller has to do and to know

  virtual std::vector<FeedAction> take_actions() = 0;
  // The calls of the account's extension after each change, in order. A list that is not `complete`
  // may lack calls.
  virtual std::vector<engine::CallList> take_lists() = 0;
  [[nodiscard]] virtual std::optional<engine::Steady> next_deadline() const = 0;

  // --- Current state

  // `live`: every change of a call is passed on, as far as the provider knows it.
  [[nodiscard]] virtual FeedState state() const = 0;
  // Why the feed is not live; nullopt while it is live or renewing, and before the first failure.
  [[nodiscard]] virtual const std::optional<Error>& problem() const = 0;
  // Whether everything that can be tried, such as each server, has failed since the feed was last
  // live.
  [[nodiscard]] virtual bool has_tried_all() const = 0;
  // How far this computer's clock is ahead of the provider's; nullopt: the provider has not sent
  // its time yet.
  [[nodiscard]] virtual std::optional<std::chrono::seconds> clock_ahead() const = 0;

 protected:
  Feed() = default;
  Feed(const Feed&) = default;
  Feed& operator=(const Feed&) = default;
};

}  // namespace cardmute::telephony
