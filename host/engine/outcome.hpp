// What became of one mute or unmute request: the engine's only view of the telephone provider.
// The provider's room (voicenter/) makes outcomes; engine/ and cli/ read them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "protocol/error_code.hpp"

namespace cardmute::engine {

enum class Command { mute, unmute };

struct Outcome {
  // Nothing: acknowledged by the provider. Otherwise why it was not.
  std::optional<ErrorCode> error;
  // In plain words for a person, what was wrong and what was expected. Empty when acknowledged.
  std::string reason;
  // Not acknowledged, and yet it may have been carried out (the request may have left this machine
  // and no answer that denies it came back). Decides whether an unmute is owed.
  bool in_doubt = false;
  // HTTP status, 0 when there was no HTTP answer.
  int http_status = 0;
  // The provider's own code, message and action, where it gave them.
  std::optional<std::int64_t> error_code;
  std::string message;
  std::string action_id;
  // From handing the request over until its outcome was known.
  double latency_ms = 0;
  // The provider asked for this pause before the next request.
  std::optional<int> retry_after_ms;

  [[nodiscard]] bool acknowledged() const { return !error.has_value(); }
};

}  // namespace cardmute::engine
