// The open surfaces of this browser. Only the engine uses it.
#pragma once

#include <cstddef>
#include <string>
#include <unordered_set>

namespace cardmute::engine {

// A person's tabs hold a handful; this many come from a page gone wild.
inline constexpr std::size_t kMaxSurfaces = 1000;

class Surfaces {
 public:
  enum class Opened { added, already_open, too_many };

  Opened open(const std::string& surface) {
    if (open_.contains(surface)) return Opened::already_open;
    if (open_.size() >= kMaxSurfaces) return Opened::too_many;
    open_.insert(surface);
    return Opened::added;
  }
  bool close(const std::string& surface) { return open_.erase(surface) > 0; }
  void clear() { open_.clear(); }
  [[nodiscard]] bool empty() const { return open_.empty(); }
  [[nodiscard]] std::size_t size() const { return open_.size(); }

 private:
  std::unordered_set<std::string> open_;
};

}  // namespace cardmute::engine
