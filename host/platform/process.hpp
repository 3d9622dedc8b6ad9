// This process and others, as the operating system sees them.
#pragma once

#include <cstdint>

namespace cardmute::platform {

std::int64_t process_id();
bool process_is_alive(std::int64_t pid);
// Whether a person's terminal is on standard input.
bool stdin_is_terminal();

}  // namespace cardmute::platform
