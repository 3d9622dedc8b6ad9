// What the engine needs from the configuration.
#pragma once

#include "engine/status.hpp"

namespace cardmute::engine {

struct Settings {
  // With `by` = `extension`, one request mutes all calls of that extension. With `each_call`, each
  // active call is muted by its own ID, and `value` is the extension whose calls are muted (this
  // needs `active_calls` or `feed`).
  Target target;
  int timeout_ms = 2000;
  int reassert_ms = 2000;
  // Replaces reassert_ms while the feed is live, if it is longer than reassert_ms.
  int reassert_live_ms = 0;
  bool allow_record_override = false;
  // Whether a mute ends when its browser has gone; if false, it lasts until the call ends. (Used
  // only while the store does not work; otherwise the store decides when a lease ends.)
  bool resume_when_browser_gone = true;
  // Whether the provider's list of active calls can be requested.
  bool active_calls = false;
  // Whether the provider can send each change of the calls.
  bool feed = false;
  // A form without input for this long causes a notice. With resume_when_idle the recording also
  // resumes.
  int idle_ms = 10 * 60 * 1000;
  bool resume_when_idle = false;
  // A manual mute ends by itself after this long, if its call has not ended before. After idle_ms
  // it causes a notice, unless a form is open.
  int manual_mute_ms = 30 * 60 * 1000;
  // Forms that have kept the call muted for this long without a break cause a notice. 0: never.
  int form_mute_ms = 10 * 60 * 1000;
  // This process has no browser. It sends the requests for the processes that hold the leases.
  bool acts_for_others = false;
};

}  // namespace cardmute::engine
