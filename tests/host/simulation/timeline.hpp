// The planned events in the order of their times. Events with the same time run in the order in
// which they were planned.
#pragma once

#include <cstdint>
#include <functional>
#include <queue>
#include <utility>
#include <vector>

#include "chance.hpp"

namespace cardmute::simulation {

class Timeline {
 public:
  [[nodiscard]] Time now() const { return now_; }
  void after(Time delay, std::function<void()> what) {
    events_.push({now_ + delay, ++last_, std::move(what)});
  }
  // Runs the next event that is not later than `until`. If there is none, moves the time to `until`
  // and returns false.
  bool run_one(Time until) {
    if (events_.empty() || events_.top().at > until) {
      now_ = until;
      return false;
    }
    Event event = events_.top();
    events_.pop();
    now_ = event.at;
    event.what();
    return true;
  }

 private:
  struct Event {
    Time at{};
    std::uint64_t number = 0;
    std::function<void()> what;
    bool operator<(const Event& other) const {
      return at != other.at ? at > other.at : number > other.number;
    }
  };
  std::priority_queue<Event> events_;
  Time now_{};
  std::uint64_t last_ = 0;
};

}  // namespace cardmute::simulation
