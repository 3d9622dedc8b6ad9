// What the configuration tells the engine. run/ fills it in.
#pragma once

#include "protocol/status.hpp"

namespace cardmute::engine {

struct Settings {
  // by "extension": one request mutes the calls of that extension. By "call": each active call is
  // muted by its ivrid, and `value` is the extension whose calls they are (needs Active Calls).
  protocol::Target target;
  int timeout_ms = 2000;
  int reassert_ms = 2000;
  bool allow_record_override = false;
  // What happens to a mute whose browser vanished: ended, or left to the end of the call. (For a
  // process without a store; else the store ends the leases.)
  bool resume_when_browser_gone = true;
  // Voicenter's list of active calls can be asked for.
  bool active_calls = false;
  // A form that nobody touched for so long is told of, and with resume_when_idle recorded over.
  int idle_ms = 10 * 60 * 1000;
  bool resume_when_idle = false;
  // A manual mute ends by itself after this, and is told of after idle_ms.
  int manual_mute_ms = 30 * 60 * 1000;
  // This process stands in for those that hold the leases: it has no browser of its own.
  bool acts_for_others = false;
};

}  // namespace cardmute::engine
