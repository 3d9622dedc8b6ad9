// Remembers which request IDs a connection has used, in bounded memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <unordered_set>

namespace cardmute::protocol {

// After this many other IDs, an ID may be used again: by then nobody waits for its first reply.
inline constexpr std::size_t kRememberedIds = 4096;

class SeenIds {
 public:
  // True the first time, false for an ID that was used before.
  bool is_new(std::uint64_t id) {
    if (!seen_.insert(id).second) return false;
    order_.push_back(id);
    if (order_.size() > kRememberedIds) {
      seen_.erase(order_.front());
      order_.pop_front();
    }
    return true;
  }

 private:
  std::unordered_set<std::uint64_t> seen_;
  std::deque<std::uint64_t> order_;
};

}  // namespace cardmute::protocol
