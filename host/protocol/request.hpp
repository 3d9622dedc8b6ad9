// Requests of the browser: JSON text in, typed values or a clear error out. Pure.
// run/ calls it; the shapes stand in tests/contract/protocol.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "protocol/rule_event.hpp"
#include "protocol/status.hpp"

namespace cardmute::protocol {

inline constexpr int kProtocol = 1;
inline constexpr std::size_t kMaxSurface_characters = 64;
// For the log only, so they are cut and never refused: no mute may fail for want of a log line.
inline constexpr std::size_t kMaxOrigin_bytes = 300;
inline constexpr std::size_t kMaxReason_bytes = 200;

inline constexpr std::size_t kMaxRuleName_characters = 64;
// How long ago something may have happened that is told of: a day.
inline constexpr double kMaxAgo_ms = 86'400'000;

struct Hello {
  std::int64_t protocol = 0;
  std::string extension_version;
  std::string browser;
};
struct SurfaceOpen {
  std::string surface;
  std::string origin;  // scheme, host and port; empty when the browser gave none
  std::string reason;
  // How long the form has been visible; nothing: it is not there yet, or was declared before.
  std::optional<double> visible_ms_ago;
};
struct SurfaceClose {
  std::string surface;
  std::string reason;
};
struct SurfaceActive {
  std::string surface;
  bool card = false;  // a key was pressed in a card's field
  double ms_ago = 0;
};
// The agent goes on although the mute is not held.
struct SurfaceContinue {
  std::string surface;
};
struct RuleReport {
  std::string origin;  // scheme, host and port
  RuleEvent event = RuleEvent::passed;
  std::string rule;  // its name; empty for RuleEvent::unruled
};
struct Override {
  OverrideMode mode = OverrideMode::automatic;
};
struct StatusQuery {};

using Request = std::variant<Hello, SurfaceOpen, SurfaceClose, SurfaceActive, SurfaceContinue,
                             RuleReport, Override, StatusQuery>;

struct Parsed {
  std::optional<std::uint64_t> id;  // nothing when none could be read
  std::variant<Request, Error> content;
};

// `text` is the body of one frame. Errors: bad_frame (no UTF-8, no JSON), bad_request (another
// shape, unknown type, no usable id).
Parsed parse_request(std::string_view text);

// What is left of an address when everything behind scheme, host and port is taken away; empty when
// it has no such beginning.
std::string origin_of(std::string_view address);

}  // namespace cardmute::protocol
