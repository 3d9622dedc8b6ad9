// What the two kinds of test call share. One kind reads Active Calls; in the other a person listens
// to the recording.
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
  untouched,     // no request was carried out
  recorded,      // Active Calls says that the call is not muted
  acknowledged,  // an unmute was acknowledged; whether it worked is not known
  muted,         // Active Calls says that the call is muted
  ended,         // the call is over
  unknown
};

struct TestCallResult {
  std::optional<Error> error;  // why the test has not passed; nullopt: the configured mute mutes
  bool reversed = false;       // the unmute request mutes
  bool concluded = false;      // the test has a result, which is stored as a proof
  Left left = Left::untouched;
};

class TestCall {
 public:
  TestCall(Context& context, const config::Config& config) : context_(context), config_(config) {}

  [[nodiscard]] Context& context() { return context_; }
  [[nodiscard]] const config::Config& config() const { return config_; }
  [[nodiscard]] const telephony::Account& account() const { return *config_.account; }
  // The provider's ID of the last mute that was acknowledged; empty if there was none, or if the
  // provider gave no ID.
  [[nodiscard]] const std::string& action_id() const { return action_id_; }
  // Prints `text` for a person; does nothing with --json.
  void say(const std::string& text) const;
  // Sends the request, and prints the answer.
  engine::Outcome send(engine::Command command, const engine::Target& target);
  // Returns nullopt if the input ends without an answer.
  std::optional<bool> ask_yes_or_no(const std::string& question);
  // Returns false if the input ends before Enter is pressed.
  bool wait_for_enter(const std::string& what_to_do);

 private:
  Context& context_;
  const config::Config& config_;
  std::string action_id_;
};

// Makes the test with Active Calls, which say whether the call is muted. It takes 10 to 30 seconds,
// or longer if the call is hard to unmute or running hosts request the list too.
TestCallResult test_by_active_calls(TestCall& call);
// Makes the test in which the person at the terminal listens to the recording.
TestCallResult test_by_listening(TestCall& call);

}  // namespace cardmute::cli
