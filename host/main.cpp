// The program: a browser's call is served, a person's command is run.
#include <exception>
#include <iostream>
#include <string>
#include <vector>

#include "cli/cli.hpp"
#include "native_messaging/channel.hpp"
#include "platform/process.hpp"
#include "protocol/error_code.hpp"
#include "run/caller.hpp"
#include "run/loop.hpp"

int main(int argc, char** argv) {
  using namespace cardmute;
  try {
    const std::vector<std::string> arguments(argv + (argc > 0 ? 1 : 0), argv + argc);
    if (const auto call = run::browser_call(arguments, platform::stdin_is_terminal())) {
      // Before anything else: from here on no library can write into the browser's pipe.
      return run::serve_browser(call->caller, native_messaging::take_standard_streams());
    }
    return cli::run_command(argc, argv);
  } catch (const std::exception& error) {
    std::cerr << "cardmute-host: " << error.what() << '\n';
    return exit_code_of(ErrorCode::internal);
  }
}
