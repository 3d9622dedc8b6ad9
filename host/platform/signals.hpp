// The system's polite request to end (SIGTERM, SIGINT, SIGHUP), for programs that have something to
// finish first: the caretaker and the commands. A host of a browser reads it in its channel.
#pragma once

namespace cardmute::platform {

// From now on such a request does not end this process, but shows in asked_to_end().
void end_on_request();
bool asked_to_end();

}  // namespace cardmute::platform
