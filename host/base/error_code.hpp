// CardMute's error codes. In a message to the extension, a code is its name; on the command line,
// it is its number, as the exit code. Programs and administrators rely on both, so codes are only
// ever added.
#pragma once

#include <string_view>

namespace cardmute {

enum class ErrorCode : int {
  extension_not_found = 10,
  call_not_found = 11,
  parameters_rejected = 12,
  refused = 13,      // HTTP 403, or another refusal by the provider
  unreachable = 20,  // no connection (DNS, TCP or TLS has failed), or it broke
  timeout = 21,
  // an HTTP error, a redirect, or an answer that is too large, is not JSON, or has no ErrorCode
  bad_answer = 22,
  throttled = 23,  // HTTP 429
  no_active_call = 30,
  verification_failed = 31,  // acknowledged, yet the call is not muted
  store_failed = 40,
  // Only commands (doctor, report) find the next two. They are never in a message to the extension.
  not_installed = 50,      // no browser has the extension, or a browser lacks the host's manifest
  blocked_by_policy = 51,  // a browser policy blocks the extension or the host
  bad_request = 64,
  bad_frame = 65,
  internal = 70,
  override_refused = 73,
  protocol_mismatch = 76,
  caller_not_allowed = 77,
  config_invalid = 78,
};

// The code's name, such as "extension_not_found".
std::string_view name_of(ErrorCode code);

constexpr int exit_code_of(ErrorCode code) { return static_cast<int>(code); }

}  // namespace cardmute
