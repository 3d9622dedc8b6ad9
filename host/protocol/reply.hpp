// The messages that the host sends to the browser, as JSON texts. tests/contract/protocol.md
// defines them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace cardmute::protocol {

// In all these functions, `status` is a text from status_text().

// The reply to request `id` (nullopt: the request's ID could not be read). Its `ok` is true if
// there is no `error`.
std::string reply(std::optional<std::uint64_t> id, const std::optional<Error>& error,
                  std::string_view status);

// The reply to `hello`. It also contains the host's version, the protocol's version and, if there
// is one, `policy`, a JSON text.
std::string hello_reply(std::uint64_t id, const std::optional<Error>& error,
                        std::string_view status, const std::optional<std::string>& policy,
                        std::string_view host_version);

// A status that the host sends unasked; with `policy` if that has changed.
std::string unasked_status(std::string_view status, const std::optional<std::string>& policy);

// Returns nullopt if the client speaks this host's protocol version, otherwise an error that says
// which side to update.
std::optional<Error> protocol_error(std::int64_t client_protocol);

}  // namespace cardmute::protocol
