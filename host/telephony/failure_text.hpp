// Messages for requests that got no answer, or only an HTTP status. They are the same for all
// providers and APIs.
#pragma once

#include "base/error.hpp"
#include "http/message.hpp"
#include "telephony/account.hpp"

namespace cardmute::telephony {

inline constexpr int kUnauthorized = 401;
inline constexpr int kForbidden = 403;
inline constexpr int kTooManyRequests = 429;

// The error for a request that got no answer: what was wrong, what was expected and what to do.
// `result.failure` must not be none.
Error transport_error(const Names& names, const http::Result& result);

// The error for an HTTP status that is not 2xx. 403, 429, redirects (3xx) and failures of the
// server (5xx) have texts of their own.
Error status_error(const Names& names, int status);

}  // namespace cardmute::telephony
