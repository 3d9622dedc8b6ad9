// `doctor --test-call`: proves on a live call that the configured mute request mutes.
#pragma once

#include <string>

#include "cli/context.hpp"

namespace cardmute::cli {

struct TestCallOptions {
  bool yes = false;  // a test call is in progress, so the person is not asked whether one is
  // Where to write the proof for the machine's configuration; empty: nowhere.
  std::string proof_file = {};
};

// Tests a call that is in progress. Sets the exit code.
void run_test_call(Context& context, const TestCallOptions& options);

}  // namespace cardmute::cli
