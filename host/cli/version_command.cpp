// `version`: prints the version of the host, and the version of the protocol between host and
// extension.
#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "protocol/request.hpp"
#include "version.hpp"

namespace cardmute::cli {

void add_version(CLI::App& app, Context& context) {
  CLI::App* command = app.add_subcommand("version", "Show the host's version");
  command->callback([&context] {
    if (context.json) {
      print_json(context, {{"ok", true}, {"version", kVersion}, {"protocol", protocol::kProtocol}});
    } else {
      context.out << "cardmute-host " << kVersion << " (speaks protocol " << protocol::kProtocol
                  << " with the extension)\n";
    }
  });
}

}  // namespace cardmute::cli
