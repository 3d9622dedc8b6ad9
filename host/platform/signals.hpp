// SIGTERM, SIGINT and SIGHUP in processes that must finish something before they end: the settler
// and the commands. For a browser's host, native_messaging/ handles them.
#pragma once

namespace cardmute::platform {

// From now on these signals do not end the process. They make asked_to_end() return true.
void end_on_request();
bool asked_to_end();

}  // namespace cardmute::platform
