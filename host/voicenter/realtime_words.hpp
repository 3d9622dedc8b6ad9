// Says in plain words why Voicenter's events do not come: what was wrong, what was expected, and
// what to do.
#pragma once

#include <cstddef>
#include <string>

#include "base/error.hpp"
#include "http/stream.hpp"
#include "socket_io/connection.hpp"

namespace cardmute::voicenter {

// Whether the server has denied the token, or may have.
bool denies_token(const socket_io::Connection& connection);

Error error_of_stream(const http::StreamEnd& end);
Error error_of_end(const socket_io::Connection& connection);
Error error_without_secret(bool by_token);
Error error_of_slow_login();
Error error_of_renewal();
Error error_of_too_much();
Error error_without_hosts();
Error error_without_status(const std::string& extension);
// `extensions`: the number of extensions to which the token gives access.
Error error_of_account_token(std::size_t extensions);

}  // namespace cardmute::voicenter
