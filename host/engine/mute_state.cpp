#include "engine/mute_state.hpp"

#include <algorithm>
#include <cassert>

namespace cardmute::engine {

MuteState after(MuteState state, MuteEvent event) {
  const auto* const row =
      std::ranges::find_if(kMuteTransitions, [&](const MuteTransition& transition) {
        return transition.from == state && transition.event == event;
      });
  assert(row != kMuteTransitions.end() && "kMuteTransitions has no such transition");
  return row == kMuteTransitions.end() ? state : row->to;
}

std::string_view name_of(MuteState state) {
  switch (state) {
    case MuteState::idle:
      return "idle";
    case MuteState::requested:
      return "requested";
    case MuteState::held:
      return "held";
    case MuteState::lapsed:
      return "lapsed";
    case MuteState::releasing:
      return "releasing";
  }
  return "lapsed";
}

State state_of(MuteState state) {
  switch (state) {
    case MuteState::idle:
      return State::recording;
    case MuteState::requested:
      return State::muting;
    case MuteState::held:
      return State::muted;
    case MuteState::lapsed:
      return State::unprotected;
    case MuteState::releasing:
      return State::unmuting;
  }
  return State::unprotected;
}

}  // namespace cardmute::engine
