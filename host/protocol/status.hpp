// The status that the browser is told, as typed values. engine/ makes it, run/ sends it, cli/ shows
// it. The wire form stands in tests/contract/protocol.md.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "protocol/error_code.hpp"

namespace cardmute::protocol {

enum class State { recording, muting, muted, unmuting, unprotected };
enum class OverrideMode { automatic, mute, record };

using UtcTime = std::chrono::milliseconds;  // since 1970-01-01T00:00:00Z

struct Error {
  ErrorCode code = ErrorCode::internal;
  std::string message;  // what was wrong and what was expected, one line
  bool operator==(const Error&) const = default;
};

struct Target {
  std::string by;  // "extension", "ivrid", or "call": each call of an extension by its ivrid
  std::string value;
  bool operator==(const Target&) const = default;
};

// The last request to the telephone provider that ended, well or badly.
struct LastRequest {
  std::string request;  // "mute" or "unmute"
  UtcTime at{};
  int http_status = 0;  // 0: no HTTP answer
  std::optional<std::int64_t> error_code;
  std::string message;
  std::string action_id;
  double latency_ms = 0;
  bool operator==(const LastRequest&) const = default;
};

// Something that a person should know and that does not make the state other than it should be.
struct Notice {
  std::string code;     // polarity_unproven, store_failed, form_idle, manual_mute_long,
                        // left_muted
  std::string message;  // one line
  bool operator==(const Notice&) const = default;
};

struct Status {
  State state = State::recording;
  std::optional<bool> verified;  // whether the list of active calls says muted; nothing: unknown
  std::optional<Target> target;  // nothing without a valid configuration
  std::size_t surfaces = 0;      // open in this browser
  std::size_t elsewhere = 0;     // what other browsers of this user want muted
  OverrideMode override_mode = OverrideMode::automatic;
  UtcTime since{};  // when `state` last changed
  std::optional<LastRequest> last;
  std::optional<Error> problem;
  std::vector<Notice> notices;
  bool operator==(const Status&) const = default;
};

std::string_view name_of(State state);
std::string_view name_of(OverrideMode mode);

nlohmann::json to_json(const Error& error);
nlohmann::json to_json(const Status& status);

// "2026-11-21T10:00:00.123Z"
std::string format_utc(UtcTime time);

}  // namespace cardmute::protocol
