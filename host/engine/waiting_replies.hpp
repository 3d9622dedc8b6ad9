// The browser's requests whose reply waits for the outcome of a mute or an unmute.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "engine/outcome.hpp"

namespace cardmute::engine {

// The most requests that may wait for one outcome. Normally a browser has a handful; only a faulty
// page causes this many.
inline constexpr std::size_t kMaxWaiting = 4096;

// Identifies the browser's request that an Answer replies to.
using Ticket = std::uint64_t;

class WaitingReplies {
 public:
  // Returns false if kMaxWaiting requests already wait; then this one is not added.
  bool add(Command awaited, Ticket ticket) {
    std::vector<Ticket>& tickets = of(awaited);
    if (tickets.size() >= kMaxWaiting) return false;
    tickets.push_back(ticket);
    return true;
  }
  // Removes and returns the requests that wait for this outcome, in order.
  std::vector<Ticket> take(Command awaited) { return std::exchange(of(awaited), {}); }
  // Forgets all requests, because nobody is left to reply to.
  void clear() {
    for_mute_.clear();
    for_unmute_.clear();
  }

 private:
  std::vector<Ticket>& of(Command awaited) {
    return awaited == Command::mute ? for_mute_ : for_unmute_;
  }

  std::vector<Ticket> for_mute_;
  std::vector<Ticket> for_unmute_;
};

}  // namespace cardmute::engine
