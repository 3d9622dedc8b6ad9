// Windows' requests to end: a log-off, a shut-down, a closed console, and Ctrl+C.
#pragma once

namespace cardmute::platform {

// From now on these requests do not end the process. They call `asked`, in threads of their own and
// perhaps several times. Except after Ctrl+C, Windows ends the process some seconds later.
void when_asked_to_end(void (*asked)());

}  // namespace cardmute::platform
