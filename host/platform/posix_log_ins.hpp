// Who has logged in to this computer. Private to platform/.
#pragma once

#include "platform/users.hpp"

namespace cardmute::platform {

// Whether something shows that the user logs in here, although there is no home now: the system's
// records of log-ins, the folder in /run/user of a user who is logged in, or the image of a home
// that systemd-homed mounts at the log-in.
bool may_have_logged_in(const User& user);

}  // namespace cardmute::platform
