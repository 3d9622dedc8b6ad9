// The commands, each in a file of its own.
#pragma once

#include <CLI/CLI.hpp>

#include "cli/context.hpp"

namespace cardmute::cli {

// Each function adds its command to `app`. If the command line names it, the command runs while
// `app` parses, and sets the exit code in `context`.
void add_install(CLI::App& app, Context& context);
void add_uninstall(CLI::App& app, Context& context);
void add_status(CLI::App& app, Context& context);
void add_doctor(CLI::App& app, Context& context);
void add_report(CLI::App& app, Context& context);
void add_mute(CLI::App& app, Context& context);
void add_unmute(CLI::App& app, Context& context);
void add_ledger(CLI::App& app, Context& context);
void add_settle(CLI::App& app, Context& context);
void add_policy(CLI::App& app, Context& context);
void add_machine_files(CLI::App& app, Context& context);
void add_version(CLI::App& app, Context& context);
void add_help(CLI::App& app, Context& context);

}  // namespace cardmute::cli
