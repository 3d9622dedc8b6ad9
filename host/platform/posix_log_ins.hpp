// Who has logged in to this computer. Private to platform/.
#pragma once

#include "platform/users.hpp"

namespace cardmute::platform {

// Whether something says that the user logs in here, although there is no home now: the system's
// records of log-ins, or the image of a home that systemd-homed mounts at the log-in.
bool may_have_logged_in(const User& user);

}  // namespace cardmute::platform
