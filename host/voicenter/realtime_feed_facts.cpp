// The current state of the feed; see realtime_feed.hpp. These functions change nothing.
#include <algorithm>

#include "voicenter/realtime_feed.hpp"

namespace cardmute::voicenter {

using engine::Moment;
using std::chrono::milliseconds;
using telephony::FeedState;

bool RealtimeFeed::token_is_good(Moment now) const {
  return !login_.token_expiry || now.utc + milliseconds(kRefreshBefore_ms) < *login_.token_expiry;
}

std::optional<engine::Steady> RealtimeFeed::next_deadline() const {
  if (step_ == Step::waiting) return retry_at_.value_or(engine::Steady{});
  std::optional<engine::Steady> earliest = answer_by_;
  const auto consider = [&earliest](const std::optional<engine::Steady>& at) {
    if (at) earliest = earliest ? std::min(*earliest, *at) : *at;
  };
  if (connection_) consider(connection_->next_deadline());
  if (in_doubt_) consider(*listed_at_ + milliseconds(kDoubt_ms));
  return earliest;
}

FeedState RealtimeFeed::state() const {
  if (step_ == Step::given_up) return FeedState::refused;
  if (renewing_) return FeedState::renewing;
  return step_ == Step::live ? FeedState::live : FeedState::connecting;
}

bool RealtimeFeed::has_tried_all() const {
  if (step_ == Step::given_up) return true;
  return step_ == Step::waiting && problem_ &&
         failed_hosts_ >= std::max(login_.hosts.size(), tried_hosts_.size());
}

}  // namespace cardmute::voicenter
