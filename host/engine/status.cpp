// The names of the states and override modes, in messages to the extension and in the ledger.
#include "engine/status.hpp"

namespace cardmute::engine {

std::string_view name_of(State state) {
  switch (state) {
    case State::recording:
      return "recording";
    case State::muting:
      return "muting";
    case State::muted:
      return "muted";
    case State::unmuting:
      return "unmuting";
    case State::unprotected:
      return "unprotected";
  }
  return "unprotected";
}

std::string_view name_of(OverrideMode mode) {
  switch (mode) {
    case OverrideMode::automatic:
      return "auto";
    case OverrideMode::mute:
      return "mute";
    case OverrideMode::record:
      return "record";
  }
  return "auto";
}

}  // namespace cardmute::engine
