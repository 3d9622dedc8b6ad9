#include "cli/test_call_parts.hpp"

#include <istream>

#include "base/rounded.hpp"
#include "cli/configuration.hpp"

namespace cardmute::cli {

void TestCall::say(const std::string& text) const {
  if (!context_.json) context_.out << text << std::endl;
}

engine::Outcome TestCall::send(engine::Command command, const engine::Target& target) {
  auto outcome = account().read_mute_answer(
      context_.perform(http_settings(account()), account().mute_request(target, command),
                       account().settings.timeout_ms));
  if (command == engine::Command::mute && outcome.acknowledged()) action_id_ = outcome.action_id;
  const std::string sent = std::string(command == engine::Command::mute ? "Mute" : "Unmute") +
                           " (" + account().words_of(command) + ")";
  say(outcome.error ? sent + " was NOT acknowledged: " + outcome.reason
                    : sent + " was acknowledged after " +
                          std::to_string(rounded(outcome.latency_ms)) + " ms.");
  return outcome;
}

std::optional<bool> TestCall::ask_yes_or_no(const std::string& question) {
  std::string answer;
  do {
    context_.out << question << " [y/n] " << std::flush;
    if (context_.person == nullptr || !std::getline(*context_.person, answer)) return std::nullopt;
  } while (answer.empty() || std::string("yYnN").find(answer.front()) == std::string::npos);
  return answer.front() == 'y' || answer.front() == 'Y';
}

bool TestCall::wait_for_enter(const std::string& what_to_do) {
  std::string ignored;
  context_.out << what_to_do << std::endl;
  return context_.person != nullptr && static_cast<bool>(std::getline(*context_.person, ignored));
}

}  // namespace cardmute::cli
