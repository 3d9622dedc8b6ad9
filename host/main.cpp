// Serves the browser that started this process, or runs a person's command.
#include <exception>
#include <iostream>
#include <stdexcept>
#include <string>
#include <vector>

#include "agent/caller.hpp"
#include "agent/loop.hpp"
#include "base/error_code.hpp"
#include "cli/cli.hpp"
#include "config/load.hpp"
#include "native_messaging/channel.hpp"
#include "platform/own_folder.hpp"
#include "platform/paths.hpp"
#include "platform/process.hpp"

namespace {

// If root has started the browser with another user's home, this process acts as the owner of the
// state folder. If that fails, the store fails later and reports it.
void become_owner_of_state() {
  try {
    using namespace cardmute;
    platform::become_owner_of(config::state_directory(config::places()));
  } catch (const std::runtime_error& error) {
    std::cerr << "cardmute-host: " << error.what() << '\n';
  }
}

}  // namespace

int main(int argc, char** argv) {
  using namespace cardmute;
  try {
    const std::vector<std::string> arguments = platform::arguments(argc, argv);
    platform::forbid_core_dumps();
    platform::forbid_key_log();
    platform::make_environment_paths_absolute();
    if (const auto call = agent::browser_call(arguments, platform::stdin_is_terminal())) {
      become_owner_of_state();
      config::decide_home();
      // The standard streams are taken away before the loop starts, so that nothing that a library
      // prints gets into the pipe.
      return agent::serve_browser(call->caller, native_messaging::take_standard_streams());
    }
    return cli::run_command(arguments);
  } catch (const std::exception& error) {
    std::cerr << "cardmute-host: " << error.what() << '\n';
    return exit_code_of(ErrorCode::internal);
  }
}
