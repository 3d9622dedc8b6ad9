#include "voicenter/active_calls.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <utility>

#include "base/plain_text.hpp"
#include "telephony/failure_text.hpp"
#include "voicenter/names.hpp"
#include "voicenter/secret_body.hpp"

namespace cardmute::voicenter {

namespace {

using nlohmann::json;

constexpr std::size_t kMaxText_bytes = 200;
// Values that are nested deeper are dropped. The deepest one needed is
// EXTENSIONS[].calls[].recording.IsMuted.
constexpr int kMaxDepth = 6;
// The depth of an extension's keys: an extension is an object in a list in an object.
constexpr int kExtensionKeys_depth = 3;

// The keys that the parser keeps. It drops all others, above all the caller's name and number.
constexpr std::array<std::string_view, 10> kKnownKeys{
    "ERR",   "DESC",       "EXTENSIONS", "username",  "calls",
    "ivrid", "callstatus", "answered",   "recording", "IsMuted"};
// The keys with the agent's name. They are read only directly in an extension: anywhere else a name
// could be that of a customer.
constexpr std::array<std::string_view, 2> kAgentKeys{"representative", "name"};

bool keep(int depth, json::parse_event_t event, const json& parsed) {
  if (depth > kMaxDepth) return false;
  if (event != json::parse_event_t::key) return true;
  const auto& key = parsed.get_ref<const std::string&>();
  return std::ranges::find(kKnownKeys, key) != kKnownKeys.end() ||
         (depth == kExtensionKeys_depth && std::ranges::find(kAgentKeys, key) != kAgentKeys.end());
}

// Returns a member of an object; JSON's null if `object` is no object or has no such member.
const json& field(const json& object, const char* name) {
  static const json none;
  const auto found = object.find(name);
  return object.is_object() && found != object.end() ? *found : none;
}

std::string text_of(const json& value, std::string_view secret = {}) {
  if (!value.is_string()) return "";
  return plain_text(without(secret, value.get<std::string>()), kMaxText_bytes);
}

// Voicenter's documentation has 0 and 1. Here true and false are accepted too.
std::optional<bool> flag_of(const json& value) {
  if (value.is_boolean()) return value.get<bool>();
  if (value == 0) return false;
  if (value == 1) return true;
  return std::nullopt;
}

void read_calls(const json& calls, std::vector<Call>& into) {
  if (!calls.is_array()) return;
  for (const json& call : calls) {
    if (into.size() == kMaxCalls) return;
    into.push_back({text_of(field(call, "ivrid")), text_of(field(call, "callstatus")),
                    flag_of(field(call, "answered")).value_or(false),
                    flag_of(field(field(call, "recording"), "IsMuted"))});
  }
}

// The extension's "representative" and "name", joined by a comma, or only one of them if the other
// is missing or equal.
std::string agent_of(const json& extension) {
  std::string agent;
  for (const auto key : kAgentKeys) {
    const std::string part = text_of(field(extension, key.data()));
    if (part.empty() || part == agent) continue;
    agent += (agent.empty() ? "" : ", ") + part;
  }
  return agent;
}

// Returns whether the extension was found.
bool read_extension(const json& extensions, std::string_view name, ActiveCalls& into) {
  bool found = false;
  if (!extensions.is_array()) return false;
  for (const json& extension : extensions) {
    const json& username = field(extension, "username");
    if (!username.is_string() || username.get_ref<const std::string&>() != name) continue;
    found = true;
    into.agent = agent_of(extension);
    read_calls(field(extension, "calls"), into.calls);
  }
  return found;
}

ActiveCalls failed(ActiveCalls answer, ErrorCode code, std::string reason) {
  answer.error = code;
  answer.reason = std::move(reason);
  return answer;
}

}  // namespace

http::Request build_active_calls_request(std::string_view url, std::string_view code,
                                         std::string_view extension) {
  return {"POST", std::string(url), secret_body({{"code", code}, {"extension", extension}})};
}

ActiveCalls interpret_active_calls(const http::Result& result, std::string_view extension,
                                   std::string_view secret) {
  ActiveCalls answer;
  answer.http_status = result.status;
  if (result.failure != http::Failure::none) {
    Error error = telephony::transport_error(kNames, result);
    return failed(std::move(answer), error.code, std::move(error.message));
  }
  const json body = json::parse(result.body, keep, /*allow_exceptions=*/false);
  const json& err = field(body, "ERR");
  if (err.is_number_integer()) answer.err = err.get<std::int64_t>();
  answer.desc = text_of(field(body, "DESC"), secret);

  const int status = result.status;
  const bool refused = status == telephony::kForbidden || status == telephony::kTooManyRequests;
  if (answer.err && *answer.err != 0 && !refused) {
    std::string reason =
        "Voicenter does not list the active calls (ERR " + std::to_string(*answer.err) +
        (answer.desc.empty() ? "" : ": " + answer.desc) + "). Check voicenter.active_calls.code.";
    return failed(std::move(answer), ErrorCode::refused, std::move(reason));
  }
  if (status < 200 || status >= 300) {
    Error error = telephony::status_error(kNames, status);
    return failed(std::move(answer), error.code, std::move(error.message));
  }
  if (!answer.err) {
    return failed(std::move(answer), ErrorCode::bad_answer,
                  "The answer is not what Voicenter's Active Calls API gives. Expected a JSON "
                  "object with ERR; check voicenter.active_calls.url.");
  }
  if (!read_extension(field(body, "EXTENSIONS"), extension, answer)) {
    return failed(std::move(answer), ErrorCode::extension_not_found,
                  "Voicenter's list does not name the extension, which says nothing about its "
                  "calls. Check voicenter.active_calls.code and voicenter.extension.");
  }
  return answer;
}

engine::CallList call_list_of(const ActiveCalls& active_calls) {
  engine::CallList list;
  if (active_calls.error) {
    list.error = Error{*active_calls.error, active_calls.reason};
    return list;
  }
  list.complete = true;
  for (const Call& call : active_calls.calls) {
    const bool talking = call.answered || call.status == "Talking" || call.status == "Hold";
    list.calls.push_back({call.ivrid, talking, call.is_muted});
  }
  return list;
}

}  // namespace cardmute::voicenter
