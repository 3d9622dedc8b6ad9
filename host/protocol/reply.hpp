// The messages that the host sends to the browser, in JSON. tests/contract/protocol.md defines
// them.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "protocol/status.hpp"

namespace cardmute::protocol {

// The reply to request `id` (nullopt: the request's ID could not be read). Its `ok` is true if
// there is no `error`.
nlohmann::json reply(std::optional<std::uint64_t> id, const std::optional<Error>& error,
                     const engine::Status& status);

// The reply to `hello`. It also holds the host's version, and the policy if there is one.
nlohmann::json hello_reply(std::uint64_t id, const std::optional<Error>& error,
                           const engine::Status& status,
                           const std::optional<nlohmann::json>& policy,
                           const std::string& host_version);

// The status that the host sends by itself; with `policy` if that has changed.
nlohmann::json unasked_status(const engine::Status& status,
                              const std::optional<nlohmann::json>& policy);

// nullopt if the client speaks our protocol version; otherwise an error that says which side to
// update.
std::optional<Error> protocol_error(std::int64_t client_protocol);

// The text of a frame. A frame must be UTF-8, so invalid bytes are replaced.
std::string to_text(const nlohmann::json& message);

}  // namespace cardmute::protocol
