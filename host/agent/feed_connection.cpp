#include "agent/feed_connection.hpp"

#include <algorithm>
#include <memory>
#include <random>
#include <utility>
#include <variant>

#include "agent/clock.hpp"
#include "platform/secret.hpp"

namespace cardmute::agent {

using engine::Moment;

FeedConnection::FeedConnection(const telephony::Account& account, std::function<void()> wake)
    : stream_(std::make_unique<http::Stream>(http_settings(account))),
      request_(std::make_unique<http::SideRequest>(http_settings(account), *stream_)),
      feed_(account.make_feed(std::random_device{}())),
      files_(std::move(wake)) {}

std::vector<http::Watched*> FeedConnection::watched() const {
  return {&request_->watched(), &stream_->watched()};
}

void FeedConnection::work(Moment now) {
  files_.deliver();
  feed_->tick(now);
  take_what_came(now);
  for (auto& action : feed_->take_actions()) {
    std::visit([this](auto& todo) { carry_out(todo); }, action);
  }
}

void FeedConnection::take_what_came(Moment now) {
  if (auto result = request_->take()) {
    feed_->answered(*result, now);
    platform::wipe(result->body);
  }
  if (stream_->is_open() && !std::exchange(was_open_, true)) feed_->opened(now);
  std::string bytes = stream_->take_read();
  if (!bytes.empty()) feed_->received(bytes, now);
  platform::wipe(bytes);
  if (const auto end = stream_->take_end()) {
    was_open_ = false;
    feed_->ended(*end, now);
  }
}

void FeedConnection::carry_out(telephony::FeedRequest& todo) {
  const std::uint64_t number = ++requests_;
  if (files_.busy()) {
    return feed_->not_made(
        {ErrorCode::timeout, "A file that the log-in for events needs does not answer."}, now());
  }
  files_.run([this, number, make = std::move(todo.make),
              timeout_ms = todo.timeout_ms]() -> FileThread::Delivery {
    const auto made = std::make_shared<Made>(make());
    return [this, number, made, timeout_ms] {
      if (number == requests_) send(*made, timeout_ms);
    };
  });
}

void FeedConnection::send(Made& made, int timeout_ms) {
  if (Error* error = made.error()) {
    feed_->not_made(std::move(*error), now());
  } else {
    request_->start(*made.request(), timeout_ms);
  }
}

void FeedConnection::carry_out(telephony::FeedOpen& todo) {
  was_open_ = false;
  stream_->open(todo.url, todo.timeout_ms);
}

void FeedConnection::carry_out(telephony::FeedWrite& todo) {
  if (stream_->is_open()) stream_->write(todo.bytes);
  platform::wipe(todo.bytes);
}

void FeedConnection::carry_out(telephony::FeedClose& /*todo*/) {
  ++requests_;
  request_->drop();
  was_open_ = false;
  stream_->close();
}

FeedTrial try_feed(const config::Config& config) {
  http::Client client(http_settings(*config.account));
  FeedConnection connection(*config.account, [&client] { client.wake(); });
  for (http::Watched* each : connection.watched()) client.watch(*each);
  const Moment begun = now();
  const auto until = begun.steady + std::chrono::milliseconds(kTrial_ms);
  FeedTrial trial;
  for (Moment at = begun; at.steady < until; at = now()) {
    connection.work(at);
    const telephony::Feed& feed = connection.feed();
    trial.live = feed.state() == telephony::FeedState::live;
    trial.problem = feed.problem();
    trial.clock_ahead = feed.clock_ahead();
    for (const auto& list : connection.feed().take_lists()) trial.calls = list.calls.size();
    trial.latency_ms = std::chrono::duration<double, std::milli>(at.steady - begun.steady).count();
    if (trial.live || feed.has_tried_all()) break;
    const auto due = std::min(feed.next_deadline().value_or(until), until);
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(due - now().steady).count();
    client.wait(static_cast<int>(std::max<std::int64_t>(left, 0)));
  }
  if (!trial.live && !trial.problem) {
    trial.problem = Error{ErrorCode::timeout,
                          "Nothing has come within " + std::to_string(kTrial_ms / 1000) + " s."};
  }
  return trial;
}

}  // namespace cardmute::agent
