// `mute` and `unmute`: one request to Voicenter, and what it answered. Not through a running host,
// which goes on with what its browser wants.
#include <memory>
#include <sstream>
#include <string>

#include "cli/commands.hpp"
#include "cli/configuration.hpp"
#include "cli/output.hpp"
#include "protocol/rounded.hpp"
#include "run/caretaker.hpp"
#include "run/clock.hpp"
#include "voicenter/mute_api.hpp"

namespace cardmute::cli {

using engine::Command;
using nlohmann::json;
using voicenter::Target;

namespace {

// Twice the length of the longest that Voicenter's documents show.
constexpr std::size_t kMaxTarget_characters = 64;

struct Flags {
  bool force = false;
  std::string extension;
  std::string ivrid;
};

const char* word_of(Command command) { return command == Command::mute ? "mute" : "unmute"; }
const char* word_of(Target::By by) { return by == Target::By::ivrid ? "ivrid" : "extension"; }

json to_json(Command command, const Target& target, const engine::Outcome& outcome) {
  json document{{"ok", outcome.acknowledged()},
                {"request", word_of(command)},
                {"target", {{"by", word_of(target.by)}, {"value", target.value}}},
                {"http_status", nullptr},
                {"error_code", nullptr},
                {"message", nullptr},
                {"action_id", nullptr},
                {"latency_ms", outcome.latency_ms},
                {"in_doubt", outcome.in_doubt}};
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

// Voicenter's own words, as far as it gave any: `ErrorCode 200, "Success", ActionID 14d3…`.
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

void say(const Context& context, Command command, const Target& target,
         const engine::Outcome& outcome) {
  const std::string what = std::string(word_of(command)) + " of " +
                           (target.by == Target::By::ivrid ? "call " : "extension ") + target.value;
  if (outcome.acknowledged()) {
    context.out << "Voicenter acknowledged the " << what << " (" << answer_in_words(outcome)
                << ").\n";
    if (command == Command::mute && target.by == Target::By::extension) {
      context.out << "This covers the calls that are active now; a call that starts later is "
                     "recorded.\n";
    }
    return;
  }
  context.err << "The " << what << " was NOT acknowledged (" << answer_in_words(outcome)
              << "): " << outcome.reason << '\n';
  if (outcome.in_doubt) {
    context.err << "It may have been carried out all the same.\n";
  }
}

// Leases of living browsers of this user, and of those that may still come back.
bool somebody_wants_the_mute(const Context& context) {
  store::Store store(run::store_settings(context.state_directory, "unmute"));
  if (!std::filesystem::exists(run::store_file(context.state_directory))) return false;
  return store.look(run::now(), {}).leases_elsewhere > 0;
}

void run_request(Context& context, Command command, const Flags& flags) {
  const auto config = require_configuration(context);
  if (!config) {
    return;
  }
  Target target{Target::By::extension, config->voicenter.extension};
  if (!flags.ivrid.empty()) {
    target = {Target::By::ivrid, flags.ivrid};
  } else if (!flags.extension.empty()) {
    target.value = flags.extension;
  }
  if (command == Command::unmute && !flags.force && somebody_wants_the_mute(context)) {
    fail(context, ErrorCode::override_refused,
         "a payment form is open, or somebody has muted by hand, in a browser of yours. Close it "
         "first, or use --force: the card could be recorded until that browser mutes again");
    return;
  }
  const voicenter::MuteApi api{config->voicenter.mute_url, config->voicenter.post,
                               config->voicenter.mute_state};
  const auto outcome = voicenter::interpret(
      context.perform(http_settings(*config), voicenter::build_request(api, target, command),
                      config->voicenter.timeout_ms));
  context.exit_code = outcome.error ? exit_code_of(*outcome.error) : 0;
  if (context.json) {
    print_json(context, to_json(command, target, outcome));
  } else {
    say(context, command, target, outcome);
  }
}

// 1 to kMaxTarget_characters letters, digits and signs: what is no name never gets to Voicenter.
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
  const auto flags = std::make_shared<Flags>();
  CLI::Option* extension =
      added->add_option("--extension", flags->extension, "Another extension's SIP ID")
          ->check(flaw_of_target)
          ->type_name("ID");
  added->add_option("--ivrid", flags->ivrid, "One call, by Voicenter's ID of it")
      ->check(flaw_of_target)
      ->type_name("ID")
      ->excludes(extension);
  if (command == Command::unmute) {
    added->add_flag("--force", flags->force, "Also while a payment form is open");
  }
  added->callback([&context, command, flags] { run_request(context, command, *flags); });
}

}  // namespace

void add_mute(CLI::App& app, Context& context) {
  add_request(app, context, Command::mute,
              "Ask Voicenter once to pause the recording of your extension's calls");
}

void add_unmute(CLI::App& app, Context& context) {
  add_request(app, context, Command::unmute, "Ask Voicenter once to resume it");
}

}  // namespace cardmute::cli
