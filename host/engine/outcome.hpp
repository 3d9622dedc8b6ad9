// The outcome of one mute or unmute request. Besides the lists of calls, this is all that the
// engine sees of the telephone provider.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/error_code.hpp"

namespace cardmute::engine {

enum class Command { mute, unmute };

// The name in messages to the extension, in the store, in the ledger, in the log and in commands.
constexpr std::string_view name_of(Command command) {
  return command == Command::mute ? "mute" : "unmute";
}

struct Outcome {
  // Why the provider did not acknowledge the request; nullopt if it did.
  std::optional<ErrorCode> error;
  // In plain words, what was wrong and what was expected; empty if the request was acknowledged.
  std::string reason;
  // The request was not acknowledged but may have been carried out: it may have left this machine,
  // and no answer said for certain that nothing was done. Then an unmute is still needed.
  bool outcome_unknown = false;
  // HTTP status, 0 if there was no HTTP answer.
  int http_status = 0;
  // The provider's own code, message and action ID, if it sent them.
  std::optional<std::int64_t> error_code;
  std::string message;
  std::string action_id;
  // The time from the start of the request until its outcome was known.
  double latency_ms = 0;
  // The provider asked for this pause, in milliseconds, before the next request.
  std::optional<int> retry_after_ms;

  [[nodiscard]] bool acknowledged() const { return !error.has_value(); }
  // Whether an answer came and refused the request. Even then it may be unknown whether something
  // was done.
  [[nodiscard]] bool denied() const {
    if (acknowledged() || http_status == 0) return false;
    return !outcome_unknown || error == ErrorCode::refused;
  }
};

}  // namespace cardmute::engine
