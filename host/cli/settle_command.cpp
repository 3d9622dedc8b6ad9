// `settle`: ends the mutes that a killed browser or host has left behind. A person runs it, an
// administrator schedules it, or a host whose browser has gone starts it (--detached).
#include <memory>
#include <string>

#include "agent/settler.hpp"
#include "cli/commands.hpp"
#include "cli/output.hpp"

namespace cardmute::cli {

namespace {

// Without --detached, the command takes at most this long, and then reports what is left.
constexpr int kPatience_ms = 30'000;

void run_settle(Context& context, bool detached) {
  if (detached) {
    agent::settle_alone(context.state_directory);
    return;
  }
  const auto settled = agent::settle(context.state_directory, kPatience_ms);
  context.exit_code = settled.problem ? exit_code_of(settled.problem->code) : 0;
  if (context.json) {
    nlohmann::json document{
        {"ok", !settled.problem}, {"mutes", settled.mutes}, {"unmutes", settled.unmutes}};
    if (settled.problem) {
      document["error"] = error_json(settled.problem->code, settled.problem->message);
    }
    print_json(context, document);
    return;
  }
  if (settled.unmutes > 0) {
    context.out << "The recording goes on. Outstanding unmutes acknowledged: " << settled.unmutes
                << '\n';
  }
  if (settled.problem) {
    context.err << "Not everything is settled: " << settled.problem->message << '\n';
  } else if (settled.unmutes == 0) {
    context.out << "Nothing was left to settle.\n";
  }
}

}  // namespace

void add_settle(CLI::App& app, Context& context) {
  CLI::App* command = app.add_subcommand(
      "settle", "End the mutes that a killed browser or program has left behind");
  const auto detached = std::make_shared<bool>(false);
  command->add_flag(
      "--detached", *detached,
      "Print nothing, and continue until nothing is left, for as long as a call can last");
  command->callback([&context, detached] { run_settle(context, *detached); });
}

}  // namespace cardmute::cli
