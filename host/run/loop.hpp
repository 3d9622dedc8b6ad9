// The loop of a host that a browser started: carries frames, outcomes and time into the engine and
// its actions out. main.cpp runs it; nothing else does.
#pragma once

#include <string>

#include "native_messaging/channel.hpp"

namespace cardmute::run {

// Serves the browser until it goes. Gives the exit code: 0 after an ordinary end, else an
// ErrorCode's number (bad_frame, caller_not_allowed).
int serve_browser(const std::string& caller, native_messaging::Descriptors descriptors);

}  // namespace cardmute::run
