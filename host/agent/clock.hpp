// Reads the clocks. All times that the engine and the store get come from here.
#pragma once

#include <chrono>

#include "engine/moment.hpp"

namespace cardmute::agent {

inline engine::Moment now() {
  using std::chrono::duration_cast;
  return {duration_cast<engine::Steady>(std::chrono::steady_clock::now().time_since_epoch()),
          duration_cast<std::chrono::milliseconds>(
              std::chrono::system_clock::now().time_since_epoch())};
}

// The next multiple of `period` after `now`. Everything that is checked at such moments shares one
// wake-up.
inline engine::Steady next_multiple(engine::Steady now, std::chrono::milliseconds period) {
  return (now / period + 1) * period;
}

}  // namespace cardmute::agent
