// The commands, each in a file of its own. For cli.cpp only.
#pragma once

#include <CLI/CLI.hpp>

#include "cli/context.hpp"

namespace cardmute::cli {

// Each adds its command to `app`; when it is named on the command line it runs while `app` parses,
// writes into `context` and leaves its exit code there.
void add_install(CLI::App& app, Context& context);
void add_uninstall(CLI::App& app, Context& context);
void add_status(CLI::App& app, Context& context);
void add_doctor(CLI::App& app, Context& context);
void add_mute(CLI::App& app, Context& context);
void add_unmute(CLI::App& app, Context& context);
void add_ledger(CLI::App& app, Context& context);
void add_settle(CLI::App& app, Context& context);
void add_version(CLI::App& app, Context& context);
void add_help(CLI::App& app, Context& context);

}  // namespace cardmute::cli
