// SIGTERM, SIGINT and SIGHUP for processes that must finish something first: the settler and the
// commands. A browser's host handles them in native_messaging/.
#pragma once

namespace cardmute::platform {

// From now on these signals do not end the process but set asked_to_end().
void end_on_request();
bool asked_to_end();

}  // namespace cardmute::platform
