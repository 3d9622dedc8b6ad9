// The status of the mute, as typed values. protocol/status.hpp converts it to JSON for the browser.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/target_by.hpp"
#include "base/utc_time.hpp"
#include "engine/notice.hpp"
#include "engine/outcome.hpp"

namespace cardmute::engine {

enum class State { recording, muting, muted, unmuting, unprotected };
enum class OverrideMode { automatic, mute, record };

struct Target {
  TargetBy by = TargetBy::extension;
  std::string value;  // the extension, or the call's ID
  bool operator==(const Target&) const = default;
};

// The last request to the telephone provider that ended, with or without success.
struct LastRequest {
  Command request = Command::mute;
  UtcTime at{};
  int http_status = 0;  // 0: no HTTP answer
  std::optional<std::int64_t> error_code;
  std::string message;
  std::string action_id;
  double latency_ms = 0;
  bool operator==(const LastRequest&) const = default;
};

// The extension whose calls are muted, and where it was configured. The engine leaves it empty.
struct ExtensionInUse {
  std::string value;     // the extension; empty: not known
  std::string source;    // "machine", "user", "table", "file" or "env"; empty if value is empty
  bool may_set = false;  // whether the agent may choose another in the popup
  bool operator==(const ExtensionInUse&) const = default;
};

struct Status {
  State state = State::recording;
  // whether the list of active calls shows the mute; nullopt: unknown
  std::optional<bool> verified;
  std::optional<Target> target;  // nullopt without a valid configuration
  std::string provider = {};     // the provider's display name; empty without a valid configuration
  // The agent's name at the telephone provider; empty if unknown.
  std::string agent = {};
  ExtensionInUse extension = {};
  // Whether a call has been answered and is still active, and since when (see
  // CallTracker::call_since()); nullopt: unknown, or no such call.
  std::optional<bool> call_on = {};
  std::optional<UtcTime> call_since = {};
  std::size_t surfaces = 0;   // how many surfaces are open in this browser
  std::size_t elsewhere = 0;  // how many leases of the user's other browsers want the mute
  OverrideMode override_mode = OverrideMode::automatic;
  UtcTime since{};  // when `state` last changed
  std::optional<LastRequest> last;
  std::optional<Error> problem;
  std::vector<Notice> notices;
  bool operator==(const Status&) const = default;
};

std::string_view name_of(State state);
std::string_view name_of(OverrideMode mode);

}  // namespace cardmute::engine
