#include "protocol/reply.hpp"

#include "protocol/json_text.hpp"
#include "protocol/request.hpp"
#include "protocol/status.hpp"

namespace cardmute::protocol {

namespace {

// Room for what a reply has in addition to the status.
constexpr std::size_t kFrame_bytes = 128;

void add_reply(ObjectText& fields, std::optional<std::uint64_t> id,
               const std::optional<Error>& error, std::string_view status) {
  fields.add_json("id", id ? std::to_string(*id) : "null");
  fields.add("type", "reply");
  fields.add_flag("ok", !error.has_value());
  if (error) fields.add_json("error", error_text(*error));
  fields.add_json("status", status);
}

}  // namespace

std::string reply(std::optional<std::uint64_t> id, const std::optional<Error>& error,
                  std::string_view status) {
  std::string text;
  text.reserve(status.size() + kFrame_bytes);
  ObjectText fields(text);
  add_reply(fields, id, error, status);
  fields.end();
  return text;
}

std::string hello_reply(std::uint64_t id, const std::optional<Error>& error,
                        std::string_view status, const std::optional<std::string>& policy,
                        std::string_view host_version) {
  std::string text;
  ObjectText fields(text);
  add_reply(fields, id, error, status);
  fields.add("host_version", host_version);
  fields.add_number("protocol", kProtocol);
  if (policy) fields.add_json("policy", *policy);
  fields.end();
  return text;
}

std::string unasked_status(std::string_view status, const std::optional<std::string>& policy) {
  std::string text;
  ObjectText fields(text);
  fields.add("type", "status");
  fields.add_json("status", status);
  if (policy) fields.add_json("policy", *policy);
  fields.end();
  return text;
}

std::optional<Error> protocol_error(std::int64_t client_protocol) {
  if (client_protocol == kProtocol) return std::nullopt;
  const char* older = client_protocol < kProtocol ? "extension" : "host";
  return Error{ErrorCode::protocol_mismatch,
               "The extension speaks protocol " + std::to_string(client_protocol) +
                   ", this host protocol " + std::to_string(kProtocol) + ". Update the " + older +
                   "."};
}

}  // namespace cardmute::protocol
