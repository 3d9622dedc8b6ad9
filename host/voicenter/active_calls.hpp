// Voicenter's "Active Calls" API (GetExtensionsCalls), without I/O: the request, and what an answer
// says about the calls of one extension. Four fields of a call are read, none of them about the
// other party.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error_code.hpp"
#include "engine/calls.hpp"
#include "http/message.hpp"

namespace cardmute::voicenter {

// At most this many calls of one extension are read; the others are ignored.
inline constexpr std::size_t kMaxCalls = 64;

struct Call {
  std::string ivrid;
  std::string status;  // "Ringing", "Dialing", "Talking" or "Hold"
  bool answered = false;
  // recording.IsMuted, which is the only way to check a mute; nullopt if the answer does not have
  // it, for example because the call has no recording.
  std::optional<bool> is_muted;
};

struct ActiveCalls {
  // nullopt if Voicenter has answered and names the extension; otherwise what went wrong.
  std::optional<ErrorCode> error;
  // For a person: what was wrong, what was expected, and what to do. Empty if there was no error.
  std::string reason;
  int http_status = 0;  // 0: no HTTP answer
  // Voicenter's ERR and DESC, if it sent them.
  std::optional<std::int64_t> err;
  std::string desc;
  std::vector<Call> calls;  // calls of the requested extension
  // The names that Voicenter has for the agent ("representative") and the extension ("name"),
  // joined by a comma if they differ; empty if it sends neither.
  std::string agent;
};

// `code` is the organisation's secret. It is sent in the body, because URLs are often logged.
http::Request build_active_calls_request(std::string_view url, std::string_view code,
                                         std::string_view extension);

// What the answer says about `extension` ("username" in the answer). If the answer does not name
// the extension, that is an error, not an empty list of calls: a wrong `code` gives the same
// answer. `secret` is removed from the server's text.
ActiveCalls interpret_active_calls(const http::Result& result, std::string_view extension,
                                   std::string_view secret = {});

// The answer in the engine's form: the error, or which calls are answered, and whether each is
// muted.
engine::CallList call_list_of(const ActiveCalls& active_calls);

}  // namespace cardmute::voicenter
