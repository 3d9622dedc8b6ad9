// Looks after what other processes left behind: leases of dead processes, and outstanding mutes. A
// settler has no browser. It is either the detached child of a host whose browser has gone, or
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

// Starts a detached process that settles. It outlives this process and the browser. Meanwhile,
// other machines that use the folder still see this boot as alive. Returns false if it could not be
// started.
bool start_settler(const std::filesystem::path& state_directory);

// The result of settling.
struct Settled {
  // nullopt if nothing is left to settle; otherwise the reason.
  std::optional<Error> problem;
  int mutes = 0;    // acknowledged
  int unmutes = 0;  // acknowledged
};

// Settles until nothing is left to do, or until `patience_ms` have passed. After a signal to
// terminate, every grace ends at once.
Settled settle(const std::filesystem::path& state_directory, int patience_ms);

// The same for as long as a call can last, in one process per user and boot at a time. If browsers
// vanish repeatedly while the provider cannot be reached, one process settles everything and one
// more waits, so that nothing is missed that appears while the first one ends.
void settle_alone(const std::filesystem::path& state_directory);

}  // namespace cardmute::agent
