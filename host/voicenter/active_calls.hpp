// Voicenter's "Active Calls" API (GetExtensionsCalls): what is asked, and what an answer says of
// the calls of one extension. Pure. It reads four facts of a call and never who is on the
// telephone.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/calls.hpp"
#include "http/message.hpp"
#include "protocol/error_code.hpp"

namespace cardmute::voicenter {

// More calls of one extension than this are not looked at.
inline constexpr std::size_t kMaxCalls = 64;

struct Call {
  std::string ivrid;
  std::string status;  // "Ringing", "Dialing", "Talking" or "Hold"
  bool answered = false;
  // recording.IsMuted, the only read-back there is; nothing where the call has no recording.
  std::optional<bool> is_muted;
};

struct ActiveCalls {
  // Nothing: Voicenter answered and knows the extension. Otherwise why not.
  std::optional<ErrorCode> error;
  // For a person: what was wrong, what was expected, what to do. Empty without an error.
  std::string reason;
  int http_status = 0;  // 0: no HTTP answer
  // Voicenter's ERR and DESC, where it gave them.
  std::optional<std::int64_t> err;
  std::string desc;
  std::vector<Call> calls;  // of the extension that was asked for
};

// `code` is the organisation's secret: it goes into the body, for URLs are written into logs.
http::Request build_active_calls_request(std::string_view url, std::string_view code,
                                         std::string_view extension);

// What the answer says of `extension` (its "username" in the answer). An answer that does not name
// the extension is an error and never "no calls": a wrong `code` looks just like that.
ActiveCalls interpret_active_calls(const http::Result& result, std::string_view extension);

// The same for the engine: which calls are talked on, and whether each is muted.
engine::CallList call_list_of(const ActiveCalls& active_calls);

}  // namespace cardmute::voicenter
