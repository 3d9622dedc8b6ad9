// When the next request to one target may be sent: a re-assertion, or a retry.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>

#include "engine/backoff.hpp"
#include "engine/moment.hpp"

namespace cardmute::engine {

class SendSchedule {
 public:
  explicit SendSchedule(std::uint32_t seed) : backoff_(seed) {}

  // When the next request may be sent; nullopt: at once.
  [[nodiscard]] std::optional<Steady> next() const { return next_; }
  [[nodiscard]] bool is_due(Moment now) const { return !next_ || now.steady >= *next_; }
  // Whether the provider has asked for a pause (403, 429 or 5xx) that is not over yet. Nothing is
  // sent until it is over.
  [[nodiscard]] bool told_to_wait(Moment now) const { return told_to_wait_ && !is_due(now); }
  [[nodiscard]] bool follows_a_pause() const { return told_to_wait_; }

  void at_once() { next_.reset(); }
  void at(Steady time) { next_ = time; }
  void no_later_than(Steady time) {
    if (next_) next_ = std::min(*next_, time);
  }
  // A request was sent, or the planned time no longer applies.
  void clear() {
    next_.reset();
    told_to_wait_ = false;
  }
  // Forgets all earlier failures.
  void start_over() {
    clear();
    backoff_.reset();
  }
  // A request failed. `fixed_ms` is the pause before the next one; nullopt means a growing
  // back-off.
  void on_failure(const Outcome& outcome, RetryWaits waits, std::optional<int> fixed_ms,
                  Moment now) {
    told_to_wait_ = asks_to_wait(outcome);
    const int wait_ms = fixed_ms ? *fixed_ms : backoff_.after(outcome, waits);
    next_ = now.steady + std::chrono::milliseconds(wait_ms);
  }

 private:
  std::optional<Steady> next_;
  bool told_to_wait_ = false;  // next_ is the end of a pause that the provider asked for
  Backoff backoff_;
};

}  // namespace cardmute::engine
