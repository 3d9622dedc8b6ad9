// The state that all hosts of this user share. The store's functions return it, and Session passes
// it to the engine.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "engine/calls.hpp"
#include "engine/moment.hpp"
#include "engine/status.hpp"

namespace cardmute::engine {

// A target that may be muted: some process has sent a mute, and no unmute is known to have ended
// it.
struct OutstandingMute {
  Target target;
  // When the newest acknowledged mute was sent, by any process of this user. nullopt if there is
  // none, if an unmute was sent after it, or if an unmute was in flight at the same time.
  std::optional<Moment> acknowledged_at;
  // An unmute of another process is in flight. The provider may carry it out after a mute that
  // is sent now.
  bool unmute_in_flight = false;
  // When another process sent the newest unmute whose outcome is unknown (it had no answer, or its
  // process died).
  std::optional<Steady> unmute_unknown_at;
  // The mute of this process that is in flight will not count, because an unmute of another process
  // was in flight at the same time. That unmute may have ended already.
  bool own_mute_overtaken = false;
  bool operator==(const OutstandingMute&) const = default;
};

// The newest usable list of active calls that any process of this user received.
struct KnownCalls {
  Steady asked_at{};
  CallList list;
  bool operator==(const KnownCalls&) const = default;
};

struct Shared {
  // False: the store cannot be used, and all other members are empty. This process then works
  // alone, and keeps the last known leases of the others for kLeasesKept_ms.
  bool works = false;
  // How many leases of other processes want the mute, including orphaned leases within their grace.
  std::size_t leases_elsewhere = 0;
  // Whether one of the leases elsewhere belongs to a running process of this boot. That process
  // will end the mutes that are outstanding here. (A process of another machine ends only its own
  // mutes.)
  bool held_by_the_living = false;
  std::vector<OutstandingMute> outstanding;
  // A browser vanished with a form open and has not come back. By the policy the call stays muted
  // until the call ends.
  bool left_muted = false;
  std::optional<KnownCalls> calls;
  // When the next grace of a lease ends. The store has to be read again at that time.
  std::optional<Steady> look_again_at;
  bool operator==(const Shared&) const = default;
};

}  // namespace cardmute::engine
