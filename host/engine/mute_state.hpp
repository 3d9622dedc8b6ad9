// The states of the mute on one target, and all transitions between them, as a table.
// host/README.md has the diagram; tests/mute-states.test.js checks that it matches the table.
#pragma once

#include <array>
#include <string_view>

#include "engine/status.hpp"

namespace cardmute::engine {

enum class MuteState {
  idle,       // nobody wants a mute, and none is outstanding
  requested,  // wanted, but not yet acknowledged
  held,       // wanted, and acknowledged recently
  lapsed,     // wanted, but the request failed or the acknowledgement expired
  releasing   // no longer wanted, but possibly still muted until an unmute is acknowledged
};

enum class MuteEvent {
  wanted,          // a form or a person wants the mute, in any process
  wanted_held,     // wanted, while an earlier acknowledgement still counts
  wanted_waiting,  // wanted, while the provider has asked for a pause
  unwanted,        // nobody wants the mute any more, and none is outstanding
  unwanted_sent,   // nobody wants the mute any more, but a mute may have been carried out
  acknowledged,    // a mute was acknowledged, whichever process sent it
  failed,          // a request failed, and no acknowledgement counts
  grown_old,       // the acknowledgement expired before there was a newer one
  voided,          // another process has unmuted, or a call is perhaps not muted
  found,           // a mute that nobody wants was found, for example one of another process
  settled          // no mute is outstanding any more
};

struct MuteTransition {
  MuteState from;
  MuteEvent event;
  MuteState to;
};

// A transition that is not in this table cannot happen.
inline constexpr std::array<MuteTransition, 27> kMuteTransitions{{
    {MuteState::idle, MuteEvent::wanted, MuteState::requested},
    {MuteState::idle, MuteEvent::wanted_held, MuteState::held},
    {MuteState::idle, MuteEvent::wanted_waiting, MuteState::lapsed},
    {MuteState::idle, MuteEvent::found, MuteState::releasing},
    {MuteState::requested, MuteEvent::acknowledged, MuteState::held},
    {MuteState::requested, MuteEvent::failed, MuteState::lapsed},
    {MuteState::requested, MuteEvent::grown_old, MuteState::lapsed},
    {MuteState::requested, MuteEvent::voided, MuteState::requested},
    {MuteState::requested, MuteEvent::unwanted, MuteState::idle},
    {MuteState::requested, MuteEvent::unwanted_sent, MuteState::releasing},
    {MuteState::held, MuteEvent::acknowledged, MuteState::held},
    {MuteState::held, MuteEvent::failed, MuteState::lapsed},
    {MuteState::held, MuteEvent::grown_old, MuteState::lapsed},
    {MuteState::held, MuteEvent::voided, MuteState::requested},
    {MuteState::held, MuteEvent::unwanted, MuteState::idle},
    {MuteState::held, MuteEvent::unwanted_sent, MuteState::releasing},
    {MuteState::lapsed, MuteEvent::acknowledged, MuteState::held},
    {MuteState::lapsed, MuteEvent::failed, MuteState::lapsed},
    {MuteState::lapsed, MuteEvent::grown_old, MuteState::lapsed},
    {MuteState::lapsed, MuteEvent::voided, MuteState::lapsed},
    {MuteState::lapsed, MuteEvent::unwanted, MuteState::idle},
    {MuteState::lapsed, MuteEvent::unwanted_sent, MuteState::releasing},
    {MuteState::releasing, MuteEvent::wanted, MuteState::requested},
    {MuteState::releasing, MuteEvent::wanted_held, MuteState::held},
    {MuteState::releasing, MuteEvent::wanted_waiting, MuteState::lapsed},
    {MuteState::releasing, MuteEvent::found, MuteState::releasing},
    {MuteState::releasing, MuteEvent::settled, MuteState::idle},
}};

// Returns the state after the event. A transition that is not in the table fails an assertion; in
// builds without assertions the state stays the same.
MuteState after(MuteState state, MuteEvent event);

std::string_view name_of(MuteState state);

// The value of `status.state` in messages to the extension while the mute is in this state.
State state_of(MuteState state);

constexpr bool is_wanted(MuteState state) {
  return state == MuteState::requested || state == MuteState::held || state == MuteState::lapsed;
}

}  // namespace cardmute::engine
