#include "agent/event_feed.hpp"

#include <algorithm>

namespace cardmute::agent {

using engine::Moment;
using telephony::FeedState;

void EventFeed::configure(const std::optional<config::Config>& config, Moment now) {
  connection_.reset();
  failing_since_.reset();
  session_.feed(false, now);
  if (config && config->account->has_feed()) connection_.emplace(*config->account, wake_);
}

std::vector<http::Watched*> EventFeed::watched() const {
  return connection_ ? connection_->watched() : std::vector<http::Watched*>{};
}

bool EventFeed::work(Moment now) {
  if (!connection_ || !wanted_) return false;
  telephony::Feed& feed = connection_->feed();
  // The new list is requested before connection_->work(), which then sends the request in this
  // turn.
  if (const auto due = renewal_due(); due && now.steady >= *due) {
    renewed_at_ = now.steady;
    feed.renew(now);
  }
  connection_->work(now);
  const bool is_live = feed.state() == FeedState::live || feed.state() == FeedState::renewing;
  const bool has_changed = is_live != session_.engine().feed_is_live();
  const auto lists = feed.take_lists();
  if (is_live) session_.feed(true, now);
  for (const auto& list : lists) session_.calls_changed(list, now);
  if (!is_live) session_.feed(false, now);
  if (!feed.problem()) {
    failing_since_.reset();
  } else if (!failing_since_) {
    failing_since_ = now.steady;
  }
  return has_changed || !lists.empty();
}

// When to request a new list. The last request may have brought nothing new, so there is a pause
// after it.
std::optional<engine::Steady> EventFeed::renewal_due() const {
  const auto due = session_.engine().list_due();
  if (!due || connection_->feed().state() != FeedState::live) return std::nullopt;
  if (!renewed_at_) return due;
  return std::max(*due, *renewed_at_ + std::chrono::milliseconds(kRenewalPause_ms));
}

std::optional<engine::Steady> EventFeed::next_deadline() const {
  if (!connection_ || !wanted_) return std::nullopt;
  const auto due = connection_->feed().next_deadline();
  const auto renewal = renewal_due();
  return due && renewal ? std::min(*due, *renewal) : std::max(due, renewal);
}

std::optional<Error> EventFeed::problem(engine::Steady now) const {
  if (!connection_ || !failing_since_) return std::nullopt;
  const auto& problem = connection_->feed().problem();
  const bool may_pass =
      problem && (problem->code == ErrorCode::unreachable || problem->code == ErrorCode::timeout);
  const bool lasts = now - *failing_since_ >= std::chrono::milliseconds(kFeedFails_ms);
  return may_pass && !lasts ? std::nullopt : problem;
}

http::CallActivity EventFeed::call_activity(Moment now) const {
  const engine::Engine& engine = session_.engine();
  if (!engine.feed_is_live()) return http::CallActivity::unknown;
  return engine.calls_now(now).empty() && engine.idle() ? http::CallActivity::idle
                                                        : http::CallActivity::busy;
}

}  // namespace cardmute::agent
