// `uninstall`: removes this program's registration from the browsers.
#include <algorithm>

#include "cli/commands.hpp"
#include "cli/installation.hpp"

namespace cardmute::cli {

namespace {

void run_uninstall(Context& context, const InstallationFlags& flags) {
  const install::Options options = options_of(flags);
  const auto steps = install::uninstall(options, context.roots);
  report_steps(context, steps, options);
  const bool nothing = std::all_of(steps.begin(), steps.end(), [](const install::Step& step) {
    return step.action == install::Action::skipped;
  });
  if (nothing && !context.json) {
    context.out << "CardMute is not installed "
                << (flags.machine ? "for this machine" : "for this user") << ".\n";
  }
}

}  // namespace

void add_uninstall(CLI::App& app, Context& context) {
  CLI::App* command = app.add_subcommand("uninstall", "Remove CardMute's host from the browsers");
  const auto flags = add_installation_flags(*command);
  command->callback([&context, flags] { run_uninstall(context, *flags); });
}

}  // namespace cardmute::cli
