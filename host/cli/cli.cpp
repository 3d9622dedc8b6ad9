#include "cli/cli.hpp"

#include <algorithm>
#include <iostream>

#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "platform/own_folder.hpp"
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
  for (const auto add :
       {add_install, add_uninstall, add_status, add_doctor, add_report, add_mute, add_unmute,
        add_ledger, add_settle, add_policy, add_machine_files, add_version, add_help}) {
    add(app, context);
  }
  // --json is read here, because the parser may report a usage error before it reaches --json.
  // Arguments after "--" are not flags.
  const auto flags_end = std::find(arguments.begin(), arguments.end(), "--");
  context.json = std::find(arguments.begin(), flags_end, "--json") != flags_end;
  try {
    // CLI11 expects the arguments in reverse order.
    app.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
  } catch (const CLI::CallForHelp&) {
    context.out << app.help();
  } catch (const CLI::ParseError& error) {
    fail(context, ErrorCode::bad_request,
         error.what() + std::string(". \"cardmute-host help\" lists the commands"));
  }
  return context.exit_code;
}

namespace {

bool has(const std::vector<std::string>& arguments, const char* word) {
  return std::ranges::find(arguments, word) != arguments.end();
}

// If root runs this program with the home of another user (sudo may keep HOME), files that are
// created there must belong to that user.
std::optional<std::string> become_owner_of_folder(const std::vector<std::string>& arguments) {
  if (has(arguments, "--system")) return std::nullopt;
  const bool in_home = has(arguments, "install") || has(arguments, "uninstall");
  return platform::become_owner_of(in_home ? platform::home_directory()
                                           : config::state_directory(config::places()));
}

}  // namespace

int run_command(const std::vector<std::string>& arguments) {
  std::optional<std::string> acts_as;
  std::string refused;
  try {
    acts_as = become_owner_of_folder(arguments);
  } catch (const std::runtime_error& error) {
    refused = error.what();
  }
  config::decide_home();
  Context context{.out = std::cout,
                  .err = std::cerr,
                  .sources = config::default_sources(),
                  .roots = install::default_roots(),
                  .state_directory = config::state_directory(config::places()),
                  .program = platform::executable_path(),
                  .perform = http::perform,
                  .acts_as = acts_as,
                  .person = platform::stdin_is_terminal() ? &std::cin : nullptr,
                  .hold_on = platform::end_on_request};
  if (!refused.empty()) {
    context.json = has(arguments, "--json");
    fail(context, ErrorCode::store_failed, refused);
    return context.exit_code;
  }
  return run(arguments, context);
}

}  // namespace cardmute::cli
