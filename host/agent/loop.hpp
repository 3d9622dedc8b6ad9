// The loop of a host that a browser started: it passes frames, outcomes and the time to the engine,
// and carries out the engine's actions.
#pragma once

#include <string>

#include "native_messaging/channel.hpp"

namespace cardmute::agent {

// Serves the browser until the browser closes the pipe or sends a frame after which nothing can be
// read, or until a newer program has replaced this one. Then ends the mutes or hands them over.
// Returns the exit code: 0 after a normal end, otherwise the number of an ErrorCode (bad_frame,
// caller_not_allowed).
int serve_browser(const std::string& caller, native_messaging::Descriptors descriptors);

}  // namespace cardmute::agent
