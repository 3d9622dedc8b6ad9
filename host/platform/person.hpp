// Who runs this process, and on which computer.
#pragma once

#include <string>

namespace cardmute::platform {

// The log-in name of the effective user, as the system's user database has it (on a domain it may
// be "DOMAIN\user" or "user@domain"); empty if the user has none. The environment does not count.
std::string login_name();

// The computer's own name; empty if it has none.
std::string machine_name();

}  // namespace cardmute::platform
