// Private to platform/.
#pragma once

#include <string>

namespace cardmute::platform {

// What the operating system calls this installation of itself; empty if it has no name for it.
std::string system_identity();

}  // namespace cardmute::platform
