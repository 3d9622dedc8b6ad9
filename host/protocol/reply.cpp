#include "protocol/reply.hpp"

#include "protocol/request.hpp"

namespace cardmute::protocol {

using nlohmann::json;

json reply(std::optional<std::uint64_t> id, const std::optional<Error>& error,
           const engine::Status& status) {
  json::object_t message;
  message["id"] = id ? json(*id) : json();
  message["type"] = "reply";
  message["ok"] = !error.has_value();
  message["status"] = to_json(status);
  if (error) message["error"] = to_json(*error);
  return message;
}

json hello_reply(std::uint64_t id, const std::optional<Error>& error, const engine::Status& status,
                 const std::optional<json>& policy, const std::string& host_version) {
  json message = reply(id, error, status);
  message["host_version"] = host_version;
  message["protocol"] = kProtocol;
  if (policy) message["policy"] = *policy;
  return message;
}

json unasked_status(const engine::Status& status, const std::optional<json>& policy) {
  json::object_t message;
  message["type"] = "status";
  message["status"] = to_json(status);
  if (policy) message["policy"] = *policy;
  return message;
}

std::optional<Error> protocol_error(std::int64_t client_protocol) {
  if (client_protocol == kProtocol) return std::nullopt;
  const char* older = client_protocol < kProtocol ? "extension" : "host";
  return Error{ErrorCode::protocol_mismatch,
               "The extension speaks protocol " + std::to_string(client_protocol) +
                   ", this host protocol " + std::to_string(kProtocol) + ". Update the " + older +
                   "."};
}

std::string to_text(const json& message) {
  return message.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace cardmute::protocol
