// Parses the extension's requests from JSON into typed values, or says what is wrong with them.
// tests/contract/protocol.md defines the messages.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "base/correction.hpp"
#include "base/rule_event.hpp"
#include "engine/status.hpp"

namespace cardmute::protocol {

inline constexpr int kProtocol = 1;
inline constexpr std::size_t kMaxSurface_characters = 64;
// The limit of a reason. Reasons are only logged, so a longer one is cut, not rejected: no mute may
// fail because of a log line.
inline constexpr std::size_t kMaxReason_bytes = 200;

inline constexpr std::size_t kMaxRuleName_characters = 64;
inline constexpr std::size_t kMaxExtension_characters = 64;
inline constexpr std::size_t kMaxInstallation_bytes = 64;
inline constexpr std::int64_t kMaxHiddenSites = 10'000;
// The greatest age of an event that may be reported: a day.
inline constexpr double kMaxAgo_ms = 86'400'000;

struct Hello {
  std::int64_t protocol = 0;
  std::string extension_version;
  std::string browser;
  // The extension's random ID in this browser profile; empty from an older extension.
  std::string installation;
  // The date of the extension's list of payment providers, "2026-11-29"; empty from an older
  // extension.
  std::string card_frames_date;
  // On how many of the watched sites the browser does not let the extension run; 0 from an older
  // extension.
  std::int64_t hidden_sites = 0;
};
struct SurfaceOpen {
  std::string surface;
  std::string origin;  // scheme, host and port; empty if the message has no valid one
  std::string reason;
  // How long the form has been visible; nullopt: it is not visible yet, or its time was reported
  // before.
  std::optional<double> visible_ms_ago;
};
struct SurfaceClose {
  std::string surface;
  std::string reason;
};
struct SurfaceActive {
  std::string surface;
  bool card = false;  // a key was pressed in a card field
  double ms_ago = 0;
};
// The agent continues although the call is not known to be muted.
struct SurfaceContinue {
  std::string surface;
  // Whether the banner was on top and had not moved when the agent used it; nullopt: the agent
  // continued in the popup, or the extension is older.
  std::optional<bool> seen;
};
enum class OverlayEvent { banner_not_seen, overlay_failed };
// What is wrong with the overlay (banner and covers) of an open form.
struct OverlayReport {
  std::string surface;
  OverlayEvent event = OverlayEvent::banner_not_seen;
};
// The event's name in the extension's message, and in the ledger, where it is the entry's kind.
std::string_view name_of(OverlayEvent event);
struct RuleReport {
  std::string origin;  // scheme, host and port
  RuleEvent event = RuleEvent::passed;
  std::string rule;  // the rule's name; empty for RuleEvent::unruled
};
struct Override {
  engine::OverrideMode mode = engine::OverrideMode::automatic;
};
// The telephone extension that the agent has named as their own. The parser checks only its length.
struct ExtensionSet {
  std::string extension;
};
struct StatusQuery {};

using Request =
    std::variant<Hello, SurfaceOpen, SurfaceClose, SurfaceActive, SurfaceContinue, OverlayReport,
                 RuleReport, Correction, Override, ExtensionSet, StatusQuery>;

struct Parsed {
  std::optional<std::uint64_t> id;  // nullopt if none could be read
  std::variant<Request, Error> content;
};

// Parses `text`, the body of one frame. The errors are bad_frame (not UTF-8, not JSON) and
// bad_request (not an object, no usable ID, unknown type, missing or wrong field).
Parsed parse_request(std::string_view text);

}  // namespace cardmute::protocol
