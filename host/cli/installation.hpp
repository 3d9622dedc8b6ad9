// What install and uninstall share: their options, and how they report what was done.
#pragma once

#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <vector>

#include "cli/context.hpp"
#include "install/install.hpp"

namespace cardmute::cli {

struct InstallationFlags {
  bool machine = false;
  bool dry_run = false;
  std::string profile;
};

// Adds --system, --profile and --dry-run. The returned flags must outlive `command`.
std::shared_ptr<InstallationFlags> add_installation_flags(CLI::App& command);

install::Options options_of(const InstallationFlags& flags);

// Prints what was done (or would be), one line for each manifest that was not skipped. JSON lists
// the skipped ones too. Sets the exit code.
void report_steps(Context& context, const std::vector<install::Step>& steps,
                  const install::Options& options);

}  // namespace cardmute::cli
