#include "protocol/status.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/rounded.hpp"
#include "protocol/json_text.hpp"

namespace cardmute::protocol {

using engine::LastRequest;
using engine::Status;
using engine::Target;

namespace {

// The size that is reserved for a status. Usually it is enough.
constexpr std::size_t kUsualStatus_bytes = 1024;

// Formats milliseconds with three decimals.
std::string milliseconds_text(double ms) {
  constexpr std::int64_t kUs_per_ms = 1000;
  const std::int64_t us = rounded(ms * kUs_per_ms);
  const std::string decimals = std::to_string(kUs_per_ms + us % kUs_per_ms);
  return std::to_string(us / kUs_per_ms) + '.' + decimals.substr(1);
}

void append(std::string& text, const Target& target) {
  ObjectText fields(text);
  fields.add("by", name_of(target.by));
  fields.add("value", target.value);
  fields.end();
}

void append(std::string& text, const LastRequest& last) {
  ObjectText fields(text);
  fields.add("request", name_of(last.request));
  fields.add("at", format_utc(last.at));
  if (last.http_status == 0) {
    fields.add_null("http_status");
  } else {
    fields.add_number("http_status", last.http_status);
  }
  if (last.error_code) {
    fields.add_number("error_code", *last.error_code);
  } else {
    fields.add_null("error_code");
  }
  fields.add_text_or_null("message", last.message);
  fields.add_text_or_null("action_id", last.action_id);
  fields.add_json("latency_ms", milliseconds_text(last.latency_ms));
  fields.end();
}

void append(std::string& text, const engine::ExtensionInUse& extension) {
  ObjectText fields(text);
  fields.add_text_or_null("sip_id", extension.value);
  fields.add_text_or_null("source", extension.source);
  fields.add_flag("may_set", extension.may_set);
  fields.end();
}

void append(std::string& text, const Error& error) {
  ObjectText fields(text);
  fields.add("code", name_of(error.code));
  fields.add("message", error.message);
  fields.end();
}

struct CallText {
  bool on = false;
  std::optional<UtcTime> since;
};

void append(std::string& text, const CallText& call) {
  ObjectText fields(text);
  fields.add_flag("on", call.on);
  if (call.on && call.since) {
    fields.add("since", format_utc(*call.since));
  } else {
    fields.add_null("since");
  }
  fields.end();
}

template <typename Value>
void add_or_null(ObjectText& fields, std::string_view name, const std::optional<Value>& value) {
  if (value) {
    fields.add_by(name, [&](std::string& text) { append(text, *value); });
  } else {
    fields.add_null(name);
  }
}

void append(std::string& text, const std::vector<engine::Notice>& notices) {
  text += '[';
  for (const auto& notice : notices) {
    if (text.back() == '}') text += ',';
    ObjectText fields(text);
    fields.add("code", name_of(notice.code));
    fields.add("message", notice.message);
    fields.end();
  }
  text += ']';
}

}  // namespace

std::string error_text(const Error& error) {
  std::string text;
  append(text, error);
  return text;
}

std::string status_text(const Status& status) {
  std::string text;
  text.reserve(kUsualStatus_bytes);
  ObjectText fields(text);
  fields.add("state", name_of(status.state));
  if (status.verified) {
    fields.add_flag("verified", *status.verified);
  } else {
    fields.add_null("verified");
  }
  add_or_null(fields, "target", status.target);
  fields.add_text_or_null("provider", status.provider);
  fields.add_text_or_null("agent", status.agent);
  fields.add_by("extension", [&](std::string& inner) { append(inner, status.extension); });
  add_or_null(
      fields, "call",
      status.call_on ? std::optional(CallText{*status.call_on, status.call_since}) : std::nullopt);
  fields.add_number("surfaces", static_cast<std::int64_t>(status.surfaces));
  fields.add_number("elsewhere", static_cast<std::int64_t>(status.elsewhere));
  fields.add("override", name_of(status.override_mode));
  fields.add("since", format_utc(status.since));
  add_or_null(fields, "last", status.last);
  add_or_null(fields, "problem", status.problem);
  fields.add_by("notices", [&](std::string& list) { append(list, status.notices); });
  fields.end();
  return text;
}

}  // namespace cardmute::protocol
