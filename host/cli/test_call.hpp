// `doctor --test-call`: proves on a live call which `state` mutes. For doctor_command.cpp.
#pragma once

#include "cli/context.hpp"

namespace cardmute::cli {

// `yes`: a test call is running, and nobody has to be asked for it. Sets the exit code.
void run_test_call(Context& context, bool yes);

}  // namespace cardmute::cli
