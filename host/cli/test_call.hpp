// `doctor --test-call`: proves on a live call that the configured state mutes.
#pragma once

#include "cli/context.hpp"

namespace cardmute::cli {

// Sets the exit code. `yes`: a test call is running, so do not ask whether one is.
void run_test_call(Context& context, bool yes);

}  // namespace cardmute::cli
