// Whoever has no browser and looks after what others have left: leases whose process died, mutes
// that nobody ended. The detached child of a host whose browser has gone, and `cardmute-host
// settle`.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "engine/outcome.hpp"
#include "protocol/status.hpp"
#include "store/store.hpp"

namespace cardmute::run {

// The store of this state directory, as this process writes it.
store::Settings store_settings(const std::filesystem::path& state_directory, std::string caller);
std::filesystem::path store_file(const std::filesystem::path& state_directory);

// Starts a process of its own that settles; it outlives this one and the browser. False: it could
// not be started.
bool start_caretaker();

// What settling came to.
struct Settled {
  // Nothing is left that wants care. Otherwise why not.
  std::optional<protocol::Error> problem;
  int mutes = 0;    // acknowledged
  int unmutes = 0;  // acknowledged
};

// Looks after everything until nothing is left to care for, or `patience_ms` is over. A signal to
// end cuts every grace short.
Settled settle(const std::filesystem::path& state_directory, int patience_ms);

// The same for as long as a call can last, by one process of this user at a time: however often
// browsers go while Voicenter cannot be reached, one looks after all they leave, and one waits, so
// that nothing is missed which comes while the first is ending.
void settle_alone(const std::filesystem::path& state_directory);

}  // namespace cardmute::run
