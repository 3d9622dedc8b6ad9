// A thread that nobody waits for.
#pragma once

#include <functional>

namespace cardmute::platform {

// Runs the work in a thread of its own, which may outlive the caller. Throws std::system_error if
// the system has no thread left.
void start_left_thread(std::function<void()> work);

}  // namespace cardmute::platform
