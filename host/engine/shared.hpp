// What all hosts of this user know together, as the engine is told it: the store makes it after
// each reading or writing, the engine takes it in. Plain values.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "engine/calls.hpp"
#include "engine/moment.hpp"
#include "protocol/status.hpp"

namespace cardmute::engine {

// One target for which a mute may stand: a mute was sent by anyone, and no unmute has settled it.
struct Owed {
  protocol::Target target;
  // When the newest mute that was acknowledged was sent, by whichever process of this user.
  // Nothing: none was, or an unmute was sent after it, or an unmute was in flight while it was.
  std::optional<Moment> acknowledged_at;
  // Another process' unmute is in flight: a mute that is sent now may be overtaken by it.
  bool unmute_in_flight = false;
  // When the newest unmute of another process was sent whose outcome nobody knows (it had no
  // answer, or its process died).
  std::optional<Steady> unmute_doubted_at;
  bool operator==(const Owed&) const = default;
};

// The newest usable list of active calls that any process of this user was given.
struct KnownCalls {
  Steady asked_at{};
  CallList list;
  bool operator==(const KnownCalls&) const = default;
};

struct Shared {
  // False: the store cannot be used, and all else here is empty. This process is as if alone.
  bool works = false;
  // Surfaces and manual mutes of other processes that want the mute, those within their grace
  // included.
  std::size_t leases_elsewhere = 0;
  std::vector<Owed> owed;
  // A browser stayed away in mid-payment, and the policy leaves its call muted to the call's end.
  bool left_muted = false;
  std::optional<KnownCalls> calls;
  // When the grace of a lease ends, so that somebody has to look again.
  std::optional<Steady> look_again_at;
  bool operator==(const Shared&) const = default;
};

}  // namespace cardmute::engine
