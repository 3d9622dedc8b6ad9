// What the two kinds of test call have in common: the one that reads Active Calls, and the one
// whose recording a person listens to.
#pragma once

#include <optional>
#include <string>

#include "base/error.hpp"
#include "cli/context.hpp"
#include "config/config.hpp"
#include "engine/outcome.hpp"
#include "telephony/account.hpp"

namespace cardmute::cli {

// The state in which the test left the call.
enum class Left {
  untouched,     // no mute was carried out
  recorded,      // Active Calls says: not muted
  acknowledged,  // an unmute was acknowledged; more is not known
  muted,         // Active Calls says: muted
  ended,         // the call is over
  unknown
};

struct TestCallResult {
  std::optional<Error> error;  // nullopt: the configured mute mutes
  bool reversed = false;       // the configured unmute mutes
  bool concluded = false;      // worth remembering as a proof, for or against
  Left left = Left::untouched;
};

class TestCall {
 public:
  TestCall(Context& context, const config::Config& config) : context_(context), config_(config) {}

  [[nodiscard]] Context& context() { return context_; }
  [[nodiscard]] const config::Config& config() const { return config_; }
  [[nodiscard]] const telephony::Account& account() const { return *config_.account; }
  // The provider's ID of the last acknowledged request that muted; empty: none, or not known.
  [[nodiscard]] const std::string& action_id() const { return action_id_; }
  // Prints `text` for a person; does nothing with --json.
  void say(const std::string& text) const;
  // Sends the request, and prints the answer.
  engine::Outcome send(engine::Command command, const engine::Target& target);
  // nullopt if nobody answers any more.
  std::optional<bool> ask_yes_or_no(const std::string& question);
  // False if nobody answers any more.
  bool wait_for_enter(const std::string& what_to_do);

 private:
  Context& context_;
  const config::Config& config_;
  std::string action_id_;
};

// Reads from Active Calls whether the call is muted. Takes 10 to 30 seconds; longer if the call is
// hard to unmute, or if running hosts request the list too.
TestCallResult test_by_active_calls(TestCall& call);
// Asks the person at the terminal to listen to the recording.
TestCallResult test_by_listening(TestCall& call);

}  // namespace cardmute::cli
