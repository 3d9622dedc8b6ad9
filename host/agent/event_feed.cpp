// See event_feed.hpp.
#include "agent/event_feed.hpp"

#include <random>
#include <utility>
#include <variant>

#include "platform/secret.hpp"

namespace cardmute::agent {

using engine::Moment;
using telephony::FeedState;

void EventFeed::configure(const std::optional<config::Config>& config, Moment now) {
  feed_.reset();
  stream_.reset();
  request_.reset();
  was_open_ = false;
  failing_since_.reset();
  session_.feed(false, now);
  if (!config || !config->account->has_feed()) return;
  const http::Settings settings{config->account->settings.ca_pem, config->account->settings.proxy};
  request_ = std::make_unique<http::SideRequest>(settings);
  stream_ = std::make_unique<http::Stream>(settings);
  feed_ = config->account->make_feed(std::random_device{}());
}

std::vector<http::Watched*> EventFeed::watched() const {
  if (!feed_) return {};
  return {&request_->watched(), &stream_->watched()};
}

bool EventFeed::work(Moment now) {
  if (!feed_ || !wanted_) return false;
  feed_->tick(now);
  take_what_came(now);
  for (auto& action : feed_->take_actions()) {
    std::visit([this](auto& todo) { carry_out(todo); }, action);
  }
  const bool is_live = feed_->state() == FeedState::live;
  const bool has_changed = is_live != session_.engine().feed_is_live();
  const auto lists = feed_->take_lists();
  if (is_live) session_.feed(true, now);
  for (const auto& list : lists) session_.told(list, now);
  if (!is_live) session_.feed(false, now);
  if (!feed_->problem()) {
    failing_since_.reset();
  } else if (!failing_since_) {
    failing_since_ = now.steady;
  }
  return has_changed || !lists.empty();
}

void EventFeed::take_what_came(Moment now) {
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

void EventFeed::carry_out(telephony::FeedRequest& todo) {
  request_->start(todo.request, todo.timeout_ms);
  platform::wipe(todo.request.body);
  platform::wipe(todo.request.bearer);
}

void EventFeed::carry_out(telephony::FeedOpen& todo) {
  was_open_ = false;
  stream_->open(todo.url, todo.timeout_ms);
}

void EventFeed::carry_out(telephony::FeedWrite& todo) {
  if (stream_->is_open()) stream_->write(todo.bytes);
  platform::wipe(todo.bytes);
}

void EventFeed::carry_out(telephony::FeedClose& /*todo*/) {
  was_open_ = false;
  stream_->close();
}

std::optional<engine::Steady> EventFeed::next_deadline() const {
  return feed_ && wanted_ ? feed_->next_deadline() : std::nullopt;
}

std::optional<Error> EventFeed::problem(engine::Steady now) const {
  if (!feed_ || !failing_since_) return std::nullopt;
  const auto& problem = feed_->problem();
  const bool may_pass =
      problem && (problem->code == ErrorCode::unreachable || problem->code == ErrorCode::timeout);
  const bool lasts = now - *failing_since_ >= std::chrono::milliseconds(kFeedFails_ms);
  return may_pass && !lasts ? std::nullopt : problem;
}

}  // namespace cardmute::agent
