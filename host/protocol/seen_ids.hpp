// Remembers which request IDs a connection has used, in bounded memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <unordered_set>

namespace cardmute::protocol {

// An ID may be used again after this many other IDs. By then nobody waits for the reply to the ID's
// first request.
inline constexpr std::size_t kRememberedIds = 4096;

class SeenIds {
 public:
  // Remembers the ID. Returns true if it is new, false if it was remembered already.
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
