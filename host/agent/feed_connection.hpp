// A provider's feed (telephony/feed.hpp) with its connections: the log-in, and the stream of
// events.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "agent/file_thread.hpp"
#include "agent/made_request.hpp"
#include "config/config.hpp"
#include "http/client.hpp"
#include "http/side_request.hpp"
#include "http/stream.hpp"
#include "telephony/feed.hpp"

namespace cardmute::agent {

class FeedConnection {
 public:
  // `account` must have a feed. `wake` is called on another thread when work() has something to do.
  FeedConnection(const telephony::Account& account, std::function<void()> wake);

  // The connections that a client must drive (http::Client::watch) while this object exists.
  [[nodiscard]] std::vector<http::Watched*> watched() const;
  // Sends what is due, and reads what has arrived.
  void work(engine::Moment now);
  [[nodiscard]] telephony::Feed& feed() { return *feed_; }
  [[nodiscard]] const telephony::Feed& feed() const { return *feed_; }

 private:
  using Made = MadeRequest<http::Request>;

  void take_what_came(engine::Moment now);
  void send(Made& made, int timeout_ms);
  void carry_out(telephony::FeedRequest& todo);
  void carry_out(telephony::FeedOpen& todo);
  void carry_out(telephony::FeedWrite& todo);
  void carry_out(telephony::FeedClose& todo);

  std::unique_ptr<http::Stream> stream_;
  std::unique_ptr<http::SideRequest> request_;
  // the number of the newest request; an older one is not sent any more
  std::uint64_t requests_ = 0;
  bool was_open_ = false;
  std::unique_ptr<telephony::Feed> feed_;
  FileThread files_;  // reads secrets from files, because the disk may be slow
};

struct FeedTrial {
  bool live = false;
  std::optional<Error> problem;  // why the feed is not live
  std::optional<std::chrono::seconds> clock_ahead;
  std::size_t calls = 0;  // how many active calls the extension has
  // how long the trial took, until the feed was live or the trial was given up
  double latency_ms = 0;
};

inline constexpr int kTrial_ms = 20'000;

// Logs in and waits until the feed has listed the extension's calls or every server has failed, at
// most for kTrial_ms.
FeedTrial try_feed(const config::Config& config);

}  // namespace cardmute::agent
