// The wire form of the status; see status.hpp.
#include "protocol/status.hpp"

#include <array>
#include <cstdio>
#include <ctime>
#include <nlohmann/json.hpp>
#include <utility>

#include "protocol/rounded.hpp"

namespace cardmute::protocol {

using nlohmann::json;

namespace {

json text_or_null(const std::string& text) { return text.empty() ? json() : json(text); }

// Objects are built field by field: a list in braces copies each field, twice the time of all this.
json to_json(const LastRequest& last) {
  json::object_t fields;
  fields["request"] = last.request;
  fields["at"] = format_utc(last.at);
  fields["http_status"] = last.http_status == 0 ? json() : json(last.http_status);
  fields["error_code"] = last.error_code ? json(*last.error_code) : json();
  fields["message"] = text_or_null(last.message);
  fields["action_id"] = text_or_null(last.action_id);
  fields["latency_ms"] = static_cast<double>(rounded(last.latency_ms * 1000)) / 1000;
  return fields;
}

}  // namespace

std::string_view name_of(State state) {
  switch (state) {
    case State::recording:
      return "recording";
    case State::muting:
      return "muting";
    case State::muted:
      return "muted";
    case State::unmuting:
      return "unmuting";
    case State::unprotected:
      return "unprotected";
  }
  return "unprotected";
}

std::string_view name_of(OverrideMode mode) {
  switch (mode) {
    case OverrideMode::automatic:
      return "auto";
    case OverrideMode::mute:
      return "mute";
    case OverrideMode::record:
      return "record";
  }
  return "auto";
}

json to_json(const Error& error) {
  return {{"code", name_of(error.code)}, {"message", error.message}};
}

json to_json(const Status& status) {
  json target;
  if (status.target) target = {{"by", status.target->by}, {"value", status.target->value}};
  json::object_t fields;
  fields["state"] = name_of(status.state);
  fields["verified"] = status.verified ? json(*status.verified) : json();
  fields["target"] = std::move(target);
  fields["surfaces"] = status.surfaces;
  fields["elsewhere"] = status.elsewhere;
  fields["override"] = name_of(status.override_mode);
  fields["since"] = format_utc(status.since);
  fields["last"] = status.last ? to_json(*status.last) : json();
  fields["problem"] = status.problem ? to_json(*status.problem) : json();
  json notices = json::array();
  for (const auto& notice : status.notices) {
    notices.push_back({{"code", notice.code}, {"message", notice.message}});
  }
  fields["notices"] = std::move(notices);
  return fields;
}

std::string format_utc(UtcTime time) {
  using std::chrono::seconds;
  const auto whole = std::chrono::floor<seconds>(time);
  const std::chrono::sys_seconds at{whole};
  const auto day = std::chrono::floor<std::chrono::days>(at);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss clock{at - day};
  std::array<char, 40> text{};
  const int length = std::snprintf(
      text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ",
      static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
      static_cast<unsigned>(date.day()), static_cast<int>(clock.hours().count()),
      static_cast<int>(clock.minutes().count()), static_cast<int>(clock.seconds().count()),
      static_cast<int>((time - whole).count()));
  return {text.data(), static_cast<std::size_t>(length)};
}

}  // namespace cardmute::protocol
