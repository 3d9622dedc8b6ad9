// `help [COMMAND]`
#include <memory>
#include <string>

#include "cli/commands.hpp"
#include "cli/output.hpp"

namespace cardmute::cli {

void add_help(CLI::App& app, Context& context) {
  CLI::App* command = app.add_subcommand("help", "Show this, or what a command takes");
  const auto topic = std::make_shared<std::string>();
  command->add_option("command", *topic, "The command");
  command->callback([&app, &context, topic] {
    if (topic->empty()) {
      // app.help() would describe the command that was named, which is this one.
      context.out << app.get_formatter()->make_help(&app, app.get_name(),
                                                    CLI::AppFormatMode::Normal);
      return;
    }
    const auto found = app.get_subcommands(
        [&topic](const CLI::App* candidate) { return candidate->get_name() == *topic; });
    if (found.empty()) {
      fail(context, ErrorCode::bad_request,
           "there is no command \"" + *topic + R"("; "cardmute-host help" shows what there is)");
      return;
    }
    context.out << found.front()->help(app.get_name());
  });
}

}  // namespace cardmute::cli
