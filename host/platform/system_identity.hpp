// The identity of the operating system. Private to platform/.
#pragma once

#include <string>

namespace cardmute::platform {

// The system's own ID for this installation; empty if it has none.
std::string system_identity();

}  // namespace cardmute::platform
