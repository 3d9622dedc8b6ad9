// `doctor`: runs the checks, and says what to do about each problem.
#include <algorithm>
#include <iterator>
#include <memory>
#include <utility>
#include <vector>

#include "cli/check.hpp"
#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "cli/test_call.hpp"

namespace cardmute::cli {

using nlohmann::json;

namespace {

void append(std::vector<Check>& checks, std::vector<Check> more) {
  std::move(more.begin(), more.end(), std::back_inserter(checks));
}

std::vector<Check> all_checks(const Context& context) {
  const config::Loaded loaded = config::load(context.sources);
  std::vector<Check> checks = check_configuration(loaded);
  append(checks, check_state_directory(context));
  checks.push_back(check_store(context));
  checks.push_back(check_mutes(context));
  checks.push_back(check_declared_forms(context));
  append(checks, check_manifests(context, loaded.allowed_callers));
  append(checks, check_browsers(context, loaded.allowed_callers));
  if (loaded.config) {
    append(checks, check_network(context, *loaded.config));
    append(checks, check_active_calls(context, *loaded.config));
    checks.push_back(check_polarity(context, *loaded.config));
    append(checks, check_rules(context, *loaded.config));
    append(checks, check_corrections(context, *loaded.config));
  } else {
    checks.push_back(noted("network", "not tried without a valid configuration"));
  }
  checks.push_back(about_settle());
  return checks;
}

const char* word_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::ok:
      return "ok";
    case Verdict::problem:
      return "problem";
    case Verdict::warning:
      return "warning";
    case Verdict::note:
      return "note";
  }
  return "problem";
}

json to_json(const Check& check) {
  json result{{"check", check.name}, {"result", word_of(check.verdict)}, {"text", check.text}};
  if (check.code) {
    result["code"] = name_of(*check.code);
  }
  if (!check.remedy.empty()) {
    result["remedy"] = check.remedy;
  }
  return result;
}

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
  const std::vector<Check> checks = all_checks(context);
  const auto first = std::find_if(checks.begin(), checks.end(),
                                  [](const Check& check) { return check.code.has_value(); });
  context.exit_code = first == checks.end() ? 0 : exit_code_of(*first->code);
  if (context.json) {
    json list = json::array();
    std::transform(checks.begin(), checks.end(), std::back_inserter(list), to_json);
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
  const auto yes = std::make_shared<bool>(false);
  CLI::Option* option = command->add_flag(
      "--test-call", *test_call, "Prove on a test call that the configured state really mutes");
  command->add_flag("--yes", *yes, "A test call is running: do not ask")->needs(option);
  command->callback([&context, test_call, yes] {
    if (*test_call) {
      run_test_call(context, *yes);
    } else {
      run_doctor(context);
    }
  });
}

}  // namespace cardmute::cli
