#include "made_message.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "config/config.hpp"
#include "engine/status.hpp"
#include "must.hpp"
#include "native_messaging/codec.hpp"
#include "protocol/reply.hpp"
#include "protocol/status.hpp"

namespace cardmute::fuzz {

namespace {

using nlohmann::json;

constexpr std::int64_t kLatest_ms = 253'402'300'799'999;  // the end of the year 9999
constexpr std::uint64_t kGreatestId = (std::uint64_t{1} << 53U) - 1;
constexpr std::uint64_t kGreatestLatency_us = 1'000'000'000;
constexpr std::uint64_t kMostNotices = 20;  // more than the extension reads
constexpr std::uint64_t kMostSites = 3;
constexpr std::uint64_t kLongestText_bytes = 80;

constexpr std::array kCodes = {ErrorCode::extension_not_found, ErrorCode::call_not_found,
                               ErrorCode::parameters_rejected, ErrorCode::refused,
                               ErrorCode::unreachable,         ErrorCode::timeout,
                               ErrorCode::bad_answer,          ErrorCode::throttled,
                               ErrorCode::no_active_call,      ErrorCode::verification_failed,
                               ErrorCode::store_failed,        ErrorCode::bad_request,
                               ErrorCode::bad_frame,           ErrorCode::internal,
                               ErrorCode::override_refused,    ErrorCode::protocol_mismatch,
                               ErrorCode::caller_not_allowed,  ErrorCode::config_invalid};
constexpr std::array kSources = {"machine", "user", "table", "file", "env"};

// Takes values from the fuzzer's bytes. When these are used up, every value is the first possible.
class Choices {
 public:
  explicit Choices(std::string_view bytes) : bytes_(bytes) {}

  std::uint64_t up_to(std::uint64_t most) {
    std::uint64_t number = 0;
    for (std::uint64_t rest = most; rest != 0; rest >>= 8U) number = number << 8U | byte();
    return most == UINT64_MAX ? number : number % (most + 1);
  }
  bool flag() { return up_to(1) == 1; }
  std::string text() {
    const auto taken = bytes_.substr(0, up_to(kLongestText_bytes));
    bytes_.remove_prefix(taken.size());
    return std::string(taken);
  }
  UtcTime time() { return UtcTime(up_to(kLatest_ms)); }
  template <typename List>
  auto of(const List& list) {
    return list[up_to(list.size() - 1)];
  }

 private:
  std::uint8_t byte() {
    if (bytes_.empty()) return 0;
    const auto first = static_cast<std::uint8_t>(bytes_.front());
    bytes_.remove_prefix(1);
    return first;
  }

  std::string_view bytes_;
};

Error error(Choices& choices) { return {choices.of(kCodes), choices.text()}; }

engine::LastRequest last_request(Choices& choices) {
  engine::LastRequest last;
  last.request = choices.flag() ? engine::Command::mute : engine::Command::unmute;
  last.at = choices.time();
  last.http_status = static_cast<int>(choices.up_to(INT32_MAX));
  if (choices.flag()) last.error_code = static_cast<std::int64_t>(choices.up_to(UINT64_MAX));
  last.message = choices.text();
  last.action_id = choices.text();
  last.latency_ms = static_cast<double>(choices.up_to(kGreatestLatency_us)) / 1000;
  return last;
}

engine::Status status(Choices& choices) {
  engine::Status made;
  made.state = static_cast<engine::State>(choices.up_to(4));
  if (choices.flag()) made.verified = choices.flag();
  if (choices.flag()) made.target = {static_cast<TargetBy>(choices.up_to(2)), choices.text()};
  made.provider = choices.text();
  made.agent = choices.text();
  made.extension.value = choices.text();
  if (choices.flag()) made.extension.source = choices.of(kSources);
  made.extension.may_set = choices.flag();
  if (choices.flag()) made.call_on = choices.flag();
  if (choices.flag()) made.call_since = choices.time();
  made.surfaces = choices.up_to(UINT32_MAX);
  made.elsewhere = choices.up_to(UINT32_MAX);
  made.override_mode = static_cast<engine::OverrideMode>(choices.up_to(2));
  made.since = choices.time();
  if (choices.flag()) made.last = last_request(choices);
  if (choices.flag()) made.problem = error(choices);
  for (auto left = choices.up_to(kMostNotices); left > 0; --left) {
    const auto code = choices.of(engine::kNoticeNames).first;
    made.notices.push_back({code, choices.text()});
  }
  return made;
}

json or_null(const std::string& text) { return text.empty() ? json() : json(text); }

json meaning(const Error& error) {
  return {{"code", name_of(error.code)}, {"message", error.message}};
}

json meaning(const engine::LastRequest& last) {
  return {{"request", name_of(last.request)},
          {"at", last.at.count()},
          {"http_status", last.http_status == 0 ? json() : json(last.http_status)},
          {"error_code", last.error_code ? json(*last.error_code) : json()},
          {"message", or_null(last.message)},
          {"action_id", or_null(last.action_id)},
          {"latency_ms", last.latency_ms}};
}

json meaning(const engine::Status& status) {
  json notices = json::array();
  for (const auto& notice : status.notices) {
    notices.push_back({{"code", name_of(notice.code)}, {"message", notice.message}});
  }
  json call;
  if (status.call_on) {
    const bool is_dated = *status.call_on && status.call_since.has_value();
    call = {{"on", *status.call_on},
            {"since", is_dated ? json(status.call_since->count()) : json()}};
  }
  return {{"state", name_of(status.state)},
          {"verified", status.verified ? json(*status.verified) : json()},
          {"provider", or_null(status.provider)},
          {"agent", or_null(status.agent)},
          {"extension",
           {{"sip_id", or_null(status.extension.value)},
            {"source", or_null(status.extension.source)},
            {"may_set", status.extension.may_set}}},
          {"call", call},
          {"surfaces", status.surfaces},
          {"elsewhere", status.elsewhere},
          {"override", name_of(status.override_mode)},
          {"since", status.since.count()},
          {"last", status.last ? meaning(*status.last) : json()},
          {"problem", status.problem ? meaning(*status.problem) : json()},
          {"notices", notices}};
}

std::optional<std::string> policy(Choices& choices) {
  if (!choices.flag()) return std::nullopt;
  config::Policy made;
  for (auto left = choices.up_to(kMostSites); left > 0; --left) {
    made.sites.push_back(choices.text());
  }
  made.allow_record_override = choices.flag();
  return config::to_json(made).dump(-1, ' ', false, json::error_handler_t::replace);
}

// Makes a reply, a reply to hello or an unasked status. Adds its fields except `status` to `meant`.
std::string message(Choices& choices, const std::string& status, json& meant) {
  const auto kind = choices.up_to(2);
  const auto its_policy = policy(choices);
  meant["policy"] = its_policy && kind != 0 ? json::parse(*its_policy) : json();
  meant["kind"] = kind == 2 ? "status" : "reply";
  if (kind == 2) return protocol::unasked_status(status, its_policy);
  const auto why = choices.flag() ? std::optional(error(choices)) : std::nullopt;
  const auto id = choices.up_to(kGreatestId);
  const bool has_id = kind == 1 || choices.flag();
  const std::string version = choices.text();
  meant["id"] = has_id ? json(id) : json();
  meant["ok"] = !why.has_value();
  meant["error"] = why ? meaning(*why) : json();
  meant["hostVersion"] = kind == 1 ? json(version) : json();
  meant["protocol"] = kind == 1 ? json(1) : json();
  if (kind == 1) return protocol::hello_reply(id, why, status, its_policy, version);
  return protocol::reply(has_id ? std::optional(id) : std::nullopt, why, status);
}

}  // namespace

json made_message(std::string_view choices) {
  Choices values(choices);
  const auto its_status = status(values);
  json meant = {{"status", meaning(its_status)}};
  const auto text = message(values, protocol::status_text(its_status), meant);
  must(native_messaging::encode_frame(text).has_value(), "a message fits into a frame");
  must(json::accept(text), "a message is JSON in UTF-8");
  return {{"text", text}, {"meant", meant}};
}

}  // namespace cardmute::fuzz
