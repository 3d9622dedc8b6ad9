// `help [COMMAND]`: lists the commands, or shows the options of one.
#include <memory>
#include <string>

#include "cli/commands.hpp"
#include "cli/output.hpp"

namespace cardmute::cli {

void add_help(CLI::App& app, Context& context) {
  CLI::App* command = app.add_subcommand("help", "Show this text, or the options of a command");
  const auto topic = std::make_shared<std::string>();
  command->add_option("command", *topic, "The command");
  command->callback([&app, &context, topic] {
    if (topic->empty()) {
      // app.help() would describe the command that is running: `help` itself.
      context.out << app.get_formatter()->make_help(&app, app.get_name(),
                                                    CLI::AppFormatMode::Normal);
      return;
    }
    const auto found = app.get_subcommands(
        [&topic](const CLI::App* candidate) { return candidate->get_name() == *topic; });
    if (found.empty()) {
      fail(context, ErrorCode::bad_request,
           "there is no command \"" + *topic + R"("; "cardmute-host help" lists the commands)");
      return;
    }
    context.out << found.front()->help(app.get_name());
  });
}

}  // namespace cardmute::cli
