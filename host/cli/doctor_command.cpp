// `doctor`: runs the checks, and says what to do about each problem.
#include <algorithm>
#include <iterator>
#include <memory>
#include <utility>
#include <vector>

#include "cli/check.hpp"
#include "cli/commands.hpp"
#include "cli/configuration.hpp"
#include "cli/output.hpp"
#include "cli/test_call.hpp"

namespace cardmute::cli {

using nlohmann::json;

namespace {

void say(const Context& context, const Check& check) {
  switch (check.verdict) {
    case Verdict::ok:
      context.out << "OK       ";
      break;
    case Verdict::problem:
      context.out << "PROBLEM  ";
      break;
    case Verdict::warning:
      context.out << "WARNING  ";
      break;
    case Verdict::note:
      context.out << "note     ";
      break;
  }
  context.out << check.name << ": " << check.text << '\n';
  if (!check.remedy.empty()) {
    context.out << "         What to do: " << check.remedy << '\n';
  }
}

void run_doctor(Context& context) {
  const std::vector<Check> checks = all_checks(context, load_configuration(context), Checks::full);
  const auto first = std::find_if(checks.begin(), checks.end(),
                                  [](const Check& check) { return check.code.has_value(); });
  context.exit_code = first == checks.end() ? 0 : exit_code_of(*first->code);
  if (context.json) {
    json list = json::array();
    std::transform(checks.begin(), checks.end(), std::back_inserter(list),
                   [](const Check& check) { return to_json(check); });
    print_json(context, {{"ok", context.exit_code == 0}, {"checks", list}});
    return;
  }
  for (const Check& check : checks) {
    say(context, check);
  }
}

}  // namespace

void add_doctor(CLI::App& app, Context& context) {
  CLI::App* command = app.add_subcommand(
      "doctor", "Look for what keeps CardMute from working, and say what to do about it");
  const auto test_call = std::make_shared<bool>(false);
  const auto options = std::make_shared<TestCallOptions>();
  CLI::Option* option = command->add_flag(
      "--test-call", *test_call, "Prove on a test call that the configured state really mutes");
  command->add_flag("--yes", options->yes, "A test call is running: do not ask")->needs(option);
  command
      ->add_option("--write-proof", options->proof_file,
                   "Write the proof to this file, for everyone's configuration")
      ->type_name("FILE")
      ->needs(option);
  command->callback([&context, test_call, options] {
    if (*test_call) {
      run_test_call(context, *options);
    } else {
      run_doctor(context);
    }
  });
}

}  // namespace cardmute::cli
