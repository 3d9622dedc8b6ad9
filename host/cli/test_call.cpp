#include "cli/test_call.hpp"

#include <cctype>
#include <string>

#include "cli/configuration.hpp"
#include "cli/output.hpp"
#include "cli/polarity_proof.hpp"
#include "cli/proof_file.hpp"
#include "cli/test_call_parts.hpp"
#include "store/store.hpp"

namespace cardmute::cli {

namespace {

struct LeftWords {
  const char* name;  // the name in JSON
  const char* text;  // the text for a person
};

LeftWords words_of_left(Left left) {
  switch (left) {
    case Left::untouched:
      return {"untouched", "The call was not touched."};
    case Left::recorded:
      return {"recorded", "The call was left unmuted: Active Calls says so."};
    case Left::acknowledged:
      return {"acknowledged",
              "The call was left with an acknowledged unmute; whether it is recorded again is not "
              "known. Hang up."};
    case Left::muted:
      return {"muted", "THE CALL WAS LEFT MUTED, and no unmute worked. Hang up."};
    case Left::ended:
      return {"ended", "The call has ended, and its mute with it."};
    case Left::unknown:
      break;
  }
  return {"unknown", "It is NOT KNOWN whether the call is still muted. Hang up."};
}

// Whether the test may begin. If not, reports why.
bool may_begin(TestCall& call, bool yes) {
  Context& context = call.context();
  const telephony::Account& account = call.account();
  const std::string& extension = account.settings.extension;
  const bool nobody = context.json || context.person == nullptr;
  if (nobody && !account.lists_calls()) {
    fail(context, ErrorCode::bad_request,
         "without " + account.key("active_calls") +
             " a person has to listen to the recording: run doctor --test-call at a terminal, "
             "without --json");
    return false;
  }
  if (nobody && !yes) {
    fail(context, ErrorCode::bad_request,
         "doctor --test-call mutes a live call for a moment. Have a test call of extension " +
             extension + " running, and add --yes");
    return false;
  }
  call.say("The calls of extension " + extension + " will be muted for a moment, to see whether " +
           account.words_of(engine::Command::mute) +
           " mutes, and unmuted again. This takes up to a minute, and Ctrl-C does not cut "
           "it short. Only a test call should be running, not a customer's call.");
  if (yes) return true;
  const auto running = call.ask_yes_or_no("Is a test call running, and has it been answered?");
  if (running.value_or(false)) return true;
  fail(context, ErrorCode::no_active_call,
       "nothing was sent. Call extension " + extension +
           " from another telephone, answer, and run this again");
  return false;
}

void write_down(const TestCall& call, TestCallResult& result, const store::Proof& proof,
                const std::filesystem::path& state_directory) {
  if (!result.concluded) return;
  const auto problem = store::write_proof(store::store_file(state_directory), proof);
  if (!problem) return;
  call.say("The result could not be written down: " + *problem);
  if (!result.error) result.error = Error{ErrorCode::store_failed, *problem};
}

void tell_programs(const Context& context, const TestCallResult& result, const store::Proof& proof,
                   const std::string& polarity) {
  nlohmann::json document{{"ok", !result.error},         {"mute_state", nullptr},
                          {"method", proof.method},      {"at", format_utc(proof.at)},
                          {"reversed", result.reversed}, {"left", words_of_left(result.left).name}};
  if (!polarity.empty()) document["mute_state"] = polarity;
  if (result.error) document["error"] = error_json(result.error->code, result.error->message);
  print_json(context, document);
}

std::string sentence(std::string words) {
  words.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(words.front())));
  return words;
}

void tell_people(const Context& context, const TestCallResult& result,
                 const telephony::Account& account) {
  const std::string mute = account.words_of(engine::Command::mute);
  if (!result.error) {
    context.out << "PROVEN: " << mute << " mutes on this account.\n";
  } else if (result.reversed) {
    context.err << "REVERSED: on this account " << account.words_of(engine::Command::unmute)
                << " mutes and " << mute << " unmutes.\n"
                << sentence(account.remedy_if_reversed()) << ", and run this again.\n";
  } else {
    context.err << "NOT PROVEN: " << result.error->message << '\n';
  }
  context.out << words_of_left(result.left).text << '\n';
}

}  // namespace

void run_test_call(Context& context, const TestCallOptions& options) {
  const auto config = require_configuration(context);
  if (!config) return;
  if (const auto flaw = flaw_of_proof_file(options.proof_file)) {
    fail(context, ErrorCode::bad_request, *flaw);
    return;
  }
  TestCall call(context, *config);
  if (!may_begin(call, options.yes)) return;
  // Until the call is unmuted again, a signal must not end the process. If a signal comes while a
  // question waits for its answer, the question counts as not answered.
  context.hold_on();
  const telephony::Account& account = *config->account;
  const bool reads_back = account.lists_calls();
  TestCallResult result = reads_back ? test_by_active_calls(call) : test_by_listening(call);
  const store::Proof proof{store::configuration_of(account.server_url(), account.polarity()),
                           context.now().utc, !result.error,
                           reads_back ? "active_calls" : "listened"};
  write_down(call, result, proof, context.state_directory);
  if (!options.proof_file.empty()) write_proof_file(call, result, proof, options.proof_file);
  context.exit_code = result.error ? exit_code_of(result.error->code) : 0;
  if (context.json) {
    tell_programs(context, result, proof, account.polarity());
  } else {
    tell_people(context, result, account);
  }
}

}  // namespace cardmute::cli
