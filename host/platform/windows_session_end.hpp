// Windows' requests to end: at the log-off and the shut-down, when the console is closed, and
// Ctrl+C.
#pragma once

namespace cardmute::platform {

// From now on these requests do not end the process. They call `asked`, in threads of their own and
// perhaps several times. Unless Windows withdraws the request, it ends the process some seconds
// later.
void when_asked_to_end(void (*asked)());

}  // namespace cardmute::platform
