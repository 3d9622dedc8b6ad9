// Parley pauses and resumes recordings:
//   POST {url}/pause or {url}/resume   {"line": "7"} or {"call": "abc"}
//   GET  {url}/lines/7
// and answers {"ok": true} or {"ok": false, "why": "no such line"}, the list as
// {"ok": true, "who": "Dana", "calls": [{"id": "abc", "talking": true, "recording": "paused"}]}.
#include "parley/section.hpp"

#include <array>
#include <memory>
#include <nlohmann/json.hpp>

#include "base/plain_text.hpp"
#include "config/values.hpp"
#include "telephony/failure_text.hpp"

namespace cardmute::parley {

using engine::Command;
using nlohmann::json;

namespace {

constexpr std::size_t kMaxText_bytes = 200;
constexpr telephony::Names kNames{.provider = "Parley",
                                  .section = "parley",
                                  .url_key = "parley.url",
                                  .request_keys = "parley.url",
                                  .recordings = "Parley's archive",
                                  .doubt = "nobody has seen it on this account"};

json parsed(const std::string& body) { return json::parse(body, nullptr, false); }

// Why the response is no success; nullopt if it is one.
std::optional<Error> failure_of(const http::Result& result, const json& body) {
  if (result.failure != http::Failure::none) return telephony::transport_error(kNames, result);
  if (result.status < 200 || result.status >= 300) {
    return telephony::status_error(kNames, result.status);
  }
  if (!body.is_object() || !body.contains("ok")) {
    return Error{ErrorCode::bad_answer, "Parley's answer has no \"ok\". Check parley.url."};
  }
  if (body["ok"] == true) return std::nullopt;
  const std::string why = plain_text(body.value("why", ""), kMaxText_bytes);
  if (why == "no such line") {
    return Error{ErrorCode::extension_not_found, "Parley has no such line (parley.extension)."};
  }
  return Error{ErrorCode::refused, "Parley refused the request: " + why + "."};
}

class Account : public telephony::Account {
 public:
  Account() : telephony::Account(kNames) {}
  [[nodiscard]] std::shared_ptr<telephony::Account> copy() const override {
    return std::make_shared<Account>(*this);
  }

  std::string url = "https://api.parley.example";

  [[nodiscard]] std::string server_url() const override { return url; }

  [[nodiscard]] http::Request mute_request(const engine::Target& target,
                                           Command command) const override {
    const json body{{target.by == TargetBy::call ? "call" : "line", target.value}};
    return {"POST", url + (command == Command::mute ? "/pause" : "/resume"), body.dump()};
  }

  [[nodiscard]] engine::Outcome read_mute_answer(const http::Result& result) const override {
    engine::Outcome outcome;
    outcome.http_status = result.status;
    outcome.latency_ms = result.latency_ms;
    outcome.retry_after_ms = result.retry_after_ms;
    const json body = parsed(result.body);
    if (const auto failure = failure_of(result, body)) {
      outcome.error = failure->code;
      outcome.reason = failure->message;
      const bool denied = body.is_object() && body.contains("ok");
      outcome.outcome_unknown = result.sent && !denied;
    }
    return outcome;
  }

  [[nodiscard]] std::string calls_url() const override {
    return url + "/lines/" + settings.extension;
  }

  [[nodiscard]] std::variant<telephony::CallsRequest, Error> calls_request() const override {
    return telephony::CallsRequest{{"GET", calls_url(), ""}};
  }

  [[nodiscard]] telephony::ListedCalls read_calls(const http::Result& result,
                                                  std::string_view /*secret*/) const override {
    engine::CallList list;
    const json body = parsed(result.body);
    list.error = failure_of(result, body);
    if (list.error) return {std::move(list)};
    list.complete = true;
    for (const json& call : body.value("calls", json::array())) {
      list.calls.push_back({call.value("id", ""), call.value("talking", false),
                            call.value("recording", "") == "paused"});
    }
    return {std::move(list), plain_text(body.value("who", ""), kMaxText_bytes)};
  }

  [[nodiscard]] std::string words_of(Command command) const override {
    return command == Command::mute ? "\"pause\"" : "\"resume\"";
  }
  [[nodiscard]] std::string polarity() const override { return ""; }
  [[nodiscard]] std::string remedy_if_reversed() const override {
    return "have Parley's support exchange the two";
  }
};

constexpr std::array<config::Key, 1> kKeys{{{"url", [](const config::Setting& setting) {
                                               auto& url = config::account_of<Account>(setting).url;
                                               url = config::service_url_of(setting).value_or(url);
                                             }}}};

}  // namespace

const config::Section& section() {
  static const config::Section made{.name = kNames.section,
                                    .make_account = []() -> std::shared_ptr<telephony::Account> {
                                      return std::make_shared<Account>();
                                    },
                                    .keys = kKeys,
                                    .groups = {}};
  return made;
}

}  // namespace cardmute::parley
