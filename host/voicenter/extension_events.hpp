// The events of Voicenter's Real-time API that tell which calls an extension has:
// AllExtensionsStatus, which comes after each connection, and ExtensionEvent, which comes with each
// change. The functions here have no I/O.
//
// Of a call, only its ID, its state and its times are read. The parser skips the other party's
// number and name.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/calls.hpp"

namespace cardmute::voicenter {

inline constexpr std::string_view kAllExtensionsStatus = "AllExtensionsStatus";
inline constexpr std::string_view kExtensionEvent = "ExtensionEvent";
// The reason of the event that says which call has ended.
inline constexpr std::string_view kHangup = "HANGUP";

// At most this many calls of one extension are read; the others are ignored.
inline constexpr std::size_t kMaxEventCalls = 64;
// A longer ID is not an ivrid: the longest that were seen have 40 bytes.
inline constexpr std::size_t kMaxIvrid_bytes = 100;

struct EventCall {
  std::string ivrid;
  std::string status;  // "Ringing", "Dialing", "Talking" or "Hold"
  bool answered = false;
  // When the call was answered, or else when it started, in seconds since 1970 by Voicenter's
  // clock; nullopt: unknown.
  std::optional<std::int64_t> since_s;
};

struct ExtensionEvent {
  bool names_extension = false;  // the event is about the extension, and perhaps about others
  bool lists_calls = false;    // the event has a list of the extension's calls, which may be empty
  std::size_t extensions = 0;  // how many extensions the event is about
  std::vector<EventCall> calls;  // the extension's calls with a usable ID, at most kMaxEventCalls
  std::string reason;  // the reason of an ExtensionEvent: "NEWCALL", "ANSWER", "HANGUP", …
  // the call that the event is about; for HANGUP it has ended on this extension
  std::string ended_ivrid;
  std::optional<std::int64_t> server_time_s;
};

// `text` is `["AllExtensionsStatus", {…}]` or `["ExtensionEvent", {…}]`. Returns nullopt if it is
// not JSON of that form.
std::optional<ExtensionEvent> read_extension_event(std::string_view text,
                                                   std::string_view extension);

// The calls in the engine's form. Whether a call is muted is left unknown, because no event says
// so. `now` is the time of this computer's clock, which may differ from Voicenter's.
engine::CallList call_list_of(const ExtensionEvent& event, UtcTime now);

}  // namespace cardmute::voicenter
