// The command line as a whole; see cli.hpp.
#include "cli/cli.hpp"

#include <algorithm>
#include <iostream>

#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "platform/paths.hpp"
#include "platform/process.hpp"
#include "platform/signals.hpp"

namespace cardmute::cli {

int run(const std::vector<std::string>& arguments, Context& context) {
  CLI::App app{"CardMute pauses the recording of calls while a card form is open in the browser.",
               "cardmute-host"};
  app.add_flag("--json", context.json, "Answer in JSON, for programs");
  app.require_subcommand(1);
  app.fallthrough();
  for (const auto add : {add_install, add_uninstall, add_status, add_doctor, add_mute, add_unmute,
                         add_ledger, add_settle, add_version, add_help}) {
    add(app, context);
  }
  // A usage error may come before the flag has been read. What follows "--" is no flag.
  const auto flags_end = std::find(arguments.begin(), arguments.end(), "--");
  context.json = std::find(arguments.begin(), flags_end, "--json") != flags_end;
  try {
    // The parser takes them from the back.
    app.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
  } catch (const CLI::CallForHelp&) {
    context.out << app.help();
  } catch (const CLI::ParseError& error) {
    fail(context, ErrorCode::bad_request,
         error.what() + std::string(". \"cardmute-host help\" shows what there is"));
  }
  return context.exit_code;
}

int run_command(int argc, char** argv) {
  Context context{.out = std::cout,
                  .err = std::cerr,
                  .sources = config::default_sources(),
                  .roots = install::default_roots(),
                  .state_directory = platform::state_directory(),
                  .program = platform::executable_path(),
                  .perform = http::perform,
                  .person = platform::stdin_is_terminal() ? &std::cin : nullptr,
                  .hold_on = platform::end_on_request};
  return run(std::vector<std::string>(argv + std::min(argc, 1), argv + argc), context);
}

}  // namespace cardmute::cli
