#include "cli/installation.hpp"

#include <algorithm>
#include <filesystem>

#include "cli/output.hpp"

namespace cardmute::cli {

namespace fs = std::filesystem;
using install::Action;
using nlohmann::json;

namespace {

std::string words_of(Action action, bool dry_run) {
  switch (action) {
    case Action::installed:
      return dry_run ? "Would install for" : "Installed for";
    case Action::updated:
      return dry_run ? "Would update for" : "Updated for";
    case Action::unchanged:
      return "Already installed for";
    case Action::removed:
      return dry_run ? "Would remove for" : "Removed for";
    case Action::skipped:
      return "Nothing to do for";
    case Action::foreign:
      return "LEFT ALONE for";
    case Action::failed:
      return "FAILED for";
  }
  return "FAILED for";
}

bool is_trouble(const install::Step& step) {
  return step.action == Action::failed || step.action == Action::foreign;
}

json to_json(const install::Step& step) {
  json result{{"browsers", step.target.browsers},
              {"present", step.target.present},
              {"file", step.target.manifest().string()},
              {"action", install::name_of(step.action)}};
  if (!step.detail.empty()) {
    result["detail"] = step.detail;
  }
  return result;
}

}  // namespace

std::shared_ptr<InstallationFlags> add_installation_flags(CLI::App& command) {
  auto flags = std::make_shared<InstallationFlags>();
  CLI::Option* machine = command.add_flag("--system", flags->machine,
                                          "For every user of this machine (needs sudo), "
                                          "not only for you");
  command
      .add_option("--profile", flags->profile,
                  "Only for a Chromium that is started with --user-data-dir=DIR")
      ->type_name("DIR")
      ->check([](const std::string& folder) {
        return folder.empty() ? std::string("expected a folder") : std::string();
      })
      ->excludes(machine);
  command.add_flag("--dry-run", flags->dry_run, "Only say what would be done");
  return flags;
}

install::Options options_of(const InstallationFlags& flags) {
  install::Options options;
  options.scope = flags.machine ? install::Scope::machine : install::Scope::user;
  options.dry_run = flags.dry_run;
  if (!flags.profile.empty()) {
    options.profile = fs::absolute(flags.profile).lexically_normal();
  }
  return options;
}

void report_steps(Context& context, const std::vector<install::Step>& steps,
                  const install::Options& options) {
  const bool trouble = std::any_of(steps.begin(), steps.end(), is_trouble);
  context.exit_code = trouble ? exit_code_of(ErrorCode::store_failed) : 0;
  if (context.json) {
    json manifests = json::array();
    for (const install::Step& each : steps) manifests.push_back(to_json(each));
    json document{{"ok", !trouble}, {"dry_run", options.dry_run}, {"manifests", manifests}};
    if (trouble) {
      document["error"] =
          error_json(ErrorCode::store_failed, "not every manifest could be changed");
    }
    print_json(context, document);
    return;
  }
  for (const install::Step& step : steps) {
    if (step.action == Action::skipped) {
      continue;
    }
    (is_trouble(step) ? context.err : context.out)
        << words_of(step.action, options.dry_run) << ' ' << step.target.names() << ": "
        << step.target.manifest().string() << (step.detail.empty() ? "" : ": ") << step.detail
        << '\n';
  }
}

}  // namespace cardmute::cli
