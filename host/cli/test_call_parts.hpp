// What the two ways of a test call have in common: reading Active Calls back, and listening. Only
// test_call*.cpp include this.
#pragma once

#include <optional>
#include <string>

#include "base/error.hpp"
#include "cli/context.hpp"
#include "config/config.hpp"
#include "engine/outcome.hpp"
#include "telephony/account.hpp"

namespace cardmute::cli {

// In which state the call was left, as far as it is known.
enum class Left {
  untouched,     // no mute was carried out
  recorded,      // Active Calls says: not muted
  acknowledged,  // an unmute was acknowledged, and nothing else is known
  muted,         // Active Calls says: muted
  ended,         // the call is over
  unknown
};

struct TestCallResult {
  std::optional<Error> error;  // nothing: the configured mute mutes
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
  // To a person; nothing with --json.
  void say(const std::string& text) const;
  // Sends, and says what was answered.
  engine::Outcome send(engine::Command command, const engine::Target& target);
  // Nothing: nobody answers any more.
  std::optional<bool> ask_yes_or_no(const std::string& question);
  // False: nobody answers any more.
  bool wait_for_enter(const std::string& what_to_do);

 private:
  Context& context_;
  const config::Config& config_;
};

// With Active Calls. Takes ten to thirty seconds.
TestCallResult test_by_active_calls(TestCall& call);
// With somebody at the terminal who listens to the recording.
TestCallResult test_by_listening(TestCall& call);

}  // namespace cardmute::cli
