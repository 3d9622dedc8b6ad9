// What the host sends to the browser, as JSON text. run/ calls it; the shapes stand in
// tests/contract/protocol.md.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "protocol/status.hpp"

namespace cardmute::protocol {

// A reply to the request `id` (nothing: the request had no readable one), ok without `error`.
nlohmann::json reply(std::optional<std::uint64_t> id, const std::optional<Error>& error,
                     const Status& status);

// The reply to `hello`: also says who answers, and the policy when there is one.
nlohmann::json hello_reply(std::uint64_t id, const std::optional<Error>& error,
                           const Status& status, const std::optional<nlohmann::json>& policy,
                           const std::string& host_version);

// The unasked status; with `policy` when that has changed.
nlohmann::json unasked_status(const Status& status, const std::optional<nlohmann::json>& policy);

// What is wrong with the client's protocol number, in words that say which side to update; nothing
// when it is ours.
std::optional<Error> protocol_error(std::int64_t client_protocol);

// Bytes for a frame; what is no UTF-8 is replaced, since a frame must be.
std::string to_text(const nlohmann::json& message);

}  // namespace cardmute::protocol
