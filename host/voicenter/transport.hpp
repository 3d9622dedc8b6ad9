// What it means for a request that no HTTP answer could be read: the same for each of Voicenter's
// APIs. For voicenter/ only.
#pragma once

#include <string>

#include "http/message.hpp"
#include "protocol/error_code.hpp"

namespace cardmute::voicenter {

// The HTTP statuses that mean something of their own here.
inline constexpr int kForbidden = 403;
inline constexpr int kTooManyRequests = 429;

struct Trouble {
  ErrorCode code;
  std::string reason;  // for a person: what was wrong, what was expected, what to do
};

// `result.failure` must not be none.
Trouble trouble_of_transport(const http::Result& result);

// HTTP 403 and 429, which mean the same for each API, and every other status that is not 2xx.
Trouble trouble_of_status(int status);

}  // namespace cardmute::voicenter
