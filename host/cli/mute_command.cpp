// `mute` and `unmute`: send one request to the telephone provider, and print the answer. An unmute
// that ManualRequest forbids is not sent. The request does not go through a running host. That host
// continues to act on its browser's forms, and finds an unmute in the store.
#include <memory>
#include <sstream>
#include <string>

#include "base/rounded.hpp"
#include "cli/commands.hpp"
#include "cli/configuration.hpp"
#include "cli/manual_request.hpp"
#include "cli/output.hpp"
#include "store/store.hpp"

namespace cardmute::cli {

using engine::Command;
using nlohmann::json;

namespace {

// Twice the length of the longest ID in a provider's documentation.
constexpr std::size_t kMaxTarget_characters = 64;

struct RequestFlags {
  bool force = false;
  std::string extension;
  std::string call;
};

const char* word_of(Command command) { return command == Command::mute ? "mute" : "unmute"; }

// `ledger_problem`: why the request is not in the ledger; empty if it is.
json to_json(Command command, const engine::Target& target, const engine::Outcome& outcome,
             const std::string& ledger_problem) {
  json document{{"ok", outcome.acknowledged()},
                {"request", word_of(command)},
                {"target", {{"by", name_of(target.by)}, {"value", target.value}}},
                {"http_status", nullptr},
                {"error_code", nullptr},
                {"message", nullptr},
                {"action_id", nullptr},
                {"latency_ms", outcome.latency_ms},
                {"outcome_unknown", outcome.outcome_unknown},
                {"ledger_problem", nullptr}};
  if (!ledger_problem.empty()) {
    document["ledger_problem"] = ledger_problem;
  }
  if (outcome.http_status != 0) {
    document["http_status"] = outcome.http_status;
  }
  if (outcome.error_code) {
    document["error_code"] = *outcome.error_code;
  }
  if (!outcome.message.empty()) {
    document["message"] = outcome.message;
  }
  if (!outcome.action_id.empty()) {
    document["action_id"] = outcome.action_id;
  }
  if (outcome.error) {
    document["error"] = error_json(*outcome.error, outcome.reason);
  }
  return document;
}

// The parts that the provider's answer has, and its time: `ErrorCode 200, "Success", ActionID
// 14d3…, 12 ms`.
std::string answer_in_words(const engine::Outcome& outcome) {
  std::ostringstream words;
  if (outcome.error_code) {
    words << "ErrorCode " << *outcome.error_code << ", ";
  }
  if (!outcome.message.empty()) {
    words << '"' << outcome.message << "\", ";
  }
  if (!outcome.action_id.empty()) {
    words << "ActionID " << outcome.action_id << ", ";
  }
  words << rounded(outcome.latency_ms) << " ms";
  return words.str();
}

void say(const Context& context, Command command, const engine::Target& target,
         const engine::Outcome& outcome, const std::string& provider) {
  const std::string what = std::string(word_of(command)) + " of " +
                           (target.by == TargetBy::call ? "call " : "extension ") + target.value;
  if (outcome.acknowledged()) {
    context.out << provider << " acknowledged the " << what << " (" << answer_in_words(outcome)
                << ").\n";
    if (command == Command::mute && target.by == TargetBy::extension) {
      context.out << "This covers the calls that are active now; a call that starts later is "
                     "recorded.\n";
    }
    return;
  }
  context.err << "The " << what << " was NOT acknowledged (" << answer_in_words(outcome)
              << "): " << outcome.reason << '\n';
  if (outcome.outcome_unknown) {
    context.err << "It may have been carried out all the same.\n";
  }
}

void run_request(Context& context, Command command, const RequestFlags& flags) {
  const auto config = require_configuration(context);
  if (!config) {
    return;
  }
  const telephony::Account& account = *config->account;
  engine::Target target{TargetBy::extension, account.settings.extension};
  if (!flags.call.empty()) {
    target = {TargetBy::call, flags.call};
  } else if (!flags.extension.empty()) {
    target.value = flags.extension;
  }
  ManualRequest request(context, command, target);
  if (const auto refusal = request.begin(flags.force); !refusal.empty()) {
    fail(context, ErrorCode::override_refused, refusal);
    return;
  }
  const auto outcome = account.read_mute_answer(context.perform(
      http_settings(account), account.mute_request(target, command), account.settings.timeout_ms));
  request.end(outcome);
  if (!request.problem().empty() && !context.json) {
    context.err << "The ledger does not have it: " << request.problem() << '\n';
  }
  context.exit_code = outcome.error ? exit_code_of(*outcome.error) : 0;
  if (context.json) {
    print_json(context, to_json(command, target, outcome, request.problem()));
  } else {
    say(context, command, target, outcome, account.provider());
  }
}

// Why the value cannot be an ID; empty if it can. Other values are never sent.
std::string flaw_of_target(const std::string& value) {
  if (value.empty() || value.size() > kMaxTarget_characters) {
    return "expected 1 to " + std::to_string(kMaxTarget_characters) + " characters";
  }
  const bool plain =
      std::all_of(value.begin(), value.end(), [](char c) { return c > ' ' && c <= '~'; });
  return plain ? "" : "expected letters, digits and signs, without blanks";
}

void add_request(CLI::App& app, Context& context, Command command, const char* description) {
  CLI::App* added = app.add_subcommand(word_of(command), description);
  const auto flags = std::make_shared<RequestFlags>();
  CLI::Option* extension =
      added->add_option("--extension", flags->extension, "Another extension's SIP ID")
          ->check(flaw_of_target)
          ->type_name("ID");
  // --ivrid is the older name of the option.
  added->add_option("--call,--ivrid", flags->call, "One call, by the telephone provider's ID of it")
      ->check(flaw_of_target)
      ->type_name("ID")
      ->excludes(extension);
  if (command == Command::unmute) {
    added->add_flag("--force", flags->force,
                    "Also while a payment form is open or another unmute is in flight");
  }
  added->callback([&context, command, flags] { run_request(context, command, *flags); });
}

}  // namespace

void add_mute(CLI::App& app, Context& context) {
  add_request(app, context, Command::mute,
              "Ask the telephone provider once to pause the recording of your extension's calls");
}

void add_unmute(CLI::App& app, Context& context) {
  add_request(app, context, Command::unmute,
              "Ask the telephone provider once to resume the recording of your extension's calls");
}

}  // namespace cardmute::cli
