// The open surfaces of this browser, and when each last had input.
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <unordered_map>

#include "engine/moment.hpp"

namespace cardmute::engine {

// A person has a handful of surfaces open. Only a faulty page opens this many.
inline constexpr std::size_t kMaxSurfaces = 1000;

class Surfaces {
 public:
  enum class Opened { added, already_open, too_many };

  // Opening a surface counts as input; opening it again does not.
  Opened open(const std::string& surface, Steady now) {
    if (open_.contains(surface)) return Opened::already_open;
    if (open_.size() >= kMaxSurfaces) return Opened::too_many;
    open_.emplace(surface, now);
    return Opened::added;
  }
  bool close(const std::string& surface) { return open_.erase(surface) > 0; }
  void touch(const std::string& surface, Steady now) {
    const auto found = open_.find(surface);
    if (found != open_.end()) found->second = now;
  }
  void clear() { open_.clear(); }
  [[nodiscard]] bool empty() const { return open_.empty(); }
  [[nodiscard]] std::size_t size() const { return open_.size(); }
  // The open surfaces, each with the time of its last input.
  [[nodiscard]] const std::unordered_map<std::string, Steady>& all() const { return open_; }
  [[nodiscard]] std::size_t idle(Steady now, Steady limit) const {
    return static_cast<std::size_t>(
        std::ranges::count_if(open_, [&](const auto& each) { return now - each.second >= limit; }));
  }
  // When the next surface becomes idle; nullopt if none will.
  [[nodiscard]] std::optional<Steady> next_idle(Steady now, Steady limit) const {
    std::optional<Steady> next;
    for (const auto& [name, touched] : open_) {
      const Steady at = touched + limit;
      if (at > now && (!next || at < *next)) next = at;
    }
    return next;
  }

 private:
  std::unordered_map<std::string, Steady> open_;
};

}  // namespace cardmute::engine
