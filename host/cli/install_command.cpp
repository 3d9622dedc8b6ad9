// `install`: registers this program with the browsers.
#include <algorithm>
#include <filesystem>

#include "cli/commands.hpp"
#include "cli/installation.hpp"
#include "cli/output.hpp"
#include "config/load.hpp"
#include "platform/paths.hpp"

namespace cardmute::cli {

namespace fs = std::filesystem;

namespace {

struct Flags {
  bool all = false;
  std::string path;
  std::string root;
};

// Changes the context for building a package. The folder `root` stands for "/" of the computers
// that will get the package. Only configuration files in this folder are read, and their owner does
// not matter yet.
void enter(Context& context, const fs::path& root) {
  const auto inside = [&root](const fs::path& path) { return root / path.relative_path(); };
  context.roots.root = root;
  context.sources = {.only = {},
                     .machine = inside(context.sources.machine),
                     .user = inside(context.sources.user),
                     .machine_writers = platform::Writers::anybody,
                     .packaged_callers = inside(context.sources.packaged_callers)};
}

void run_install(Context& context, const InstallationFlags& shared, const Flags& flags) {
  install::Options options = options_of(shared);
  if (!flags.root.empty()) enter(context, fs::absolute(flags.root).lexically_normal());
  options.all = flags.all;
  options.program =
      flags.path.empty() ? context.program : fs::absolute(flags.path).lexically_normal();
  options.allowed_callers = config::load(context.sources).allowed_callers;
  const fs::path there =
      flags.root.empty() ? options.program : context.roots.root / options.program.relative_path();
  if (!platform::can_execute(there)) {
    fail(context, ErrorCode::bad_request,
         options.program.string() + " is not an executable program (--path)");
    return;
  }
  const auto steps = install::install(options, context.roots);
  report_steps(context, steps, options);
  const bool nothing = std::all_of(steps.begin(), steps.end(), [](const install::Step& step) {
    return step.action == install::Action::skipped;
  });
  if (nothing && !context.json) {
    context.out << "No browser was found, so nothing was installed. --all installs for every "
                   "browser that CardMute knows.\n";
  }
}

}  // namespace

void add_install(CLI::App& app, Context& context) {
  CLI::App* command = app.add_subcommand("install", "Register CardMute's host with the browsers");
  const auto shared = add_installation_flags(*command);
  const auto flags = std::make_shared<Flags>();
  command->add_flag("--all", flags->all, "Also for browsers that are not on this computer yet");
  command->add_option("--path", flags->path, "The host that browsers start (default: this program)")
      ->type_name("FILE");
  command
      ->add_option("--root", flags->root,
                   "For makers of packages: install into this folder instead of /")
      ->type_name("DIR")
      ->needs(command->get_option("--system"));
  command->callback([&context, shared, flags] { run_install(context, *shared, *flags); });
}

}  // namespace cardmute::cli
