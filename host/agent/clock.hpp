// Reads the clocks. Nothing else in agent/ does.
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

}  // namespace cardmute::agent
