// `doctor --test-call`: proves on a live call that the configured mute request mutes.
#pragma once

#include <string>

#include "cli/context.hpp"

namespace cardmute::cli {

struct TestCallOptions {
  bool yes = false;  // a test call is in progress, so the person is not asked whether one is
  // The file for the proof, which is for the machine's configuration; empty: no file is written.
  std::string proof_file = {};
};

// Makes the test call. Sets the exit code.
void run_test_call(Context& context, const TestCallOptions& options);

}  // namespace cardmute::cli
