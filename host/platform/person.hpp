// The user who runs this process, and the computer.
#pragma once

#include <optional>
#include <string>

namespace cardmute::platform {

// The log-in name of the effective user in the system's user database (in a domain it may be
// "DOMAIN\user" or "user@domain"); empty if the user has none. Environment variables are not used.
// nullopt: the database did not answer in time. Then call it again later.
std::optional<std::string> login_name();

// The computer's own name; empty if it has none.
std::string machine_name();

}  // namespace cardmute::platform
