// The one place where run/ reads the clocks.
#pragma once

#include <chrono>

#include "engine/moment.hpp"

namespace cardmute::run {

inline engine::Moment now() {
  using std::chrono::duration_cast;
  return {duration_cast<engine::Steady>(std::chrono::steady_clock::now().time_since_epoch()),
          duration_cast<std::chrono::milliseconds>(
              std::chrono::system_clock::now().time_since_epoch())};
}

}  // namespace cardmute::run
