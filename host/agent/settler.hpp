// Ends what dead processes have left behind: their leases, and outstanding mutes. A settler has no
// browser. It is either a detached child of a host whose browser has gone, or the command
// `cardmute-host settle`.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "engine/outcome.hpp"
#include "engine/status.hpp"
#include "store/store.hpp"

namespace cardmute::agent {

// The settings with which this process opens the store in this state directory.
store::Settings store_settings(const std::filesystem::path& state_directory, std::string caller);

// Starts a detached process that settles. It outlives this process and the browser. While it
// starts, other machines that use the folder continue to see this boot as alive. Returns false if
// it could not be started.
bool start_settler(const std::filesystem::path& state_directory);

struct Settled {
  // nullopt if nothing is left to settle; otherwise why something is left, or why that cannot be
  // known.
  std::optional<Error> problem;
  int mutes = 0;    // how many mutes were acknowledged
  int unmutes = 0;  // how many unmutes were acknowledged
};

// Settles until nothing is left to do, or until `patience_ms` have passed. After a signal to
// terminate, every grace ends at once.
Settled settle(const std::filesystem::path& state_directory, int patience_ms);

// Settles until nothing is left to do. An unmute that never succeeds is given up after
// engine::kLongestCall_ms. Only one process for each user and boot settles at a time. A second one
// waits, so that nothing is missed that appears while the first one ends. A third one returns at
// once, so there are never more than two, even if browsers vanish repeatedly while the provider
// cannot be reached.
void settle_alone(const std::filesystem::path& state_directory);

}  // namespace cardmute::agent
