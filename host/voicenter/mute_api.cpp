#include "voicenter/mute_api.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "telephony/failure_text.hpp"
#include "voicenter/answer.hpp"
#include "voicenter/names.hpp"
#include "voicenter/percent_encoding.hpp"

namespace cardmute::voicenter {

namespace {

constexpr std::int64_t kSuccess = 200;  // an ErrorCode; independent of the HTTP status

std::string_view parameter_of(TargetBy by) { return by == TargetBy::call ? "ivrid" : "extension"; }

// Removes blanks at both ends, and converts to lower case.
std::string normalised(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return "";
  std::string result(text.substr(first, text.find_last_not_of(kBlanks) - first + 1));
  std::ranges::transform(result, result.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return result;
}

// The error for an ErrorCode other than 200. The texts are from "Voicenter Response Parameters" in
// the English document and from the failure example in the Hebrew document.
Error error_of_answer(const Answer& answer) {
  const std::string message = normalised(answer.message);
  if (message == "extension not found") {
    return {ErrorCode::extension_not_found,
            "Voicenter does not know the extension. Expected: the agent's SIP ID as it stands in "
            "the Cpanel (voicenter.extension)."};
  }
  // The second spelling, with a lower-case L, is in the English document.
  if (message == "uniqueivrid not found" || message == "uniquelvrid not found") {
    return {ErrorCode::call_not_found,
            "Voicenter knows no such call. It may have ended already; expected: the ivrid of an "
            "active call."};
  }
  if (message.starts_with("parameters are not valid")) {
    return {ErrorCode::parameters_rejected,
            "Voicenter did not accept the request's parameters. Check voicenter.extension, "
            "voicenter.method and voicenter.mute_url."};
  }
  return {ErrorCode::refused, "Voicenter refused the request (ErrorCode " +
                                  std::to_string(answer.error_code.value_or(0)) +
                                  (answer.message.empty() ? "" : ": " + answer.message) +
                                  "). Show this to the administrator."};
}

// Whether the body begins like gzip (RFC 1952, section 2.3.1). A body with a Content-Encoding was
// decoded before, so this one had none.
bool is_compressed(std::string_view body) { return body.starts_with("\x1f\x8b"); }

// The error for an HTTP 2xx answer without a readable ErrorCode.
Error error_of_form(Answer::Form form, int status, std::string_view body) {
  const std::string answered = "Voicenter's server answered HTTP " + std::to_string(status);
  const auto error = [&](std::string_view what) {
    return Error{ErrorCode::bad_answer,
                 answered + ", but " + std::string(what) +
                     ". Expected a JSON object with an ErrorCode; check voicenter.mute_url, and "
                     "whether a proxy or a login page answers in Voicenter's place."};
  };
  switch (form) {
    case Answer::Form::no_json:
      return error(is_compressed(body) ? "its answer is compressed (gzip), without saying so"
                                       : "its answer is not JSON");
    case Answer::Form::no_object:
      return error("its answer is not a JSON object");
    case Answer::Form::no_error_code:
      return error("its answer has no ErrorCode");
    default:
      return error("its ErrorCode cannot be understood");
  }
}

engine::Outcome failed(engine::Outcome outcome, Error error, bool outcome_unknown) {
  outcome.error = error.code;
  outcome.reason = std::move(error.message);
  outcome.outcome_unknown = outcome_unknown;
  return outcome;
}

}  // namespace

std::string state_of(const MuteApi& api, engine::Command command) {
  const bool mute = command == engine::Command::mute;
  return mute == (api.mute_state == "1") ? "1" : "0";
}

http::Request build_request(const MuteApi& api, const engine::Target& target,
                            engine::Command command) {
  http::Request request;
  const std::string_view by = parameter_of(target.by);
  const std::string state = state_of(api, command);
  if (api.post) {
    const nlohmann::json body{{by, target.value}, {"state", state}};
    request.method = "POST";
    request.url = api.url;
    request.body = body.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  } else {
    request.method = "GET";
    request.url =
        api.url + "?" + std::string(by) + "=" + percent_encoded(target.value) + "&state=" + state;
  }
  return request;
}

engine::Outcome interpret(const http::Result& result) {
  engine::Outcome outcome;
  outcome.http_status = result.status;
  outcome.latency_ms = result.latency_ms;
  outcome.retry_after_ms = result.retry_after_ms;
  if (result.failure != http::Failure::none) {
    return failed(std::move(outcome), telephony::transport_error(kNames, result), result.sent);
  }

  Answer answer = read_answer(result.body);
  outcome.error_code = answer.error_code;
  outcome.message = answer.message;
  outcome.action_id = answer.action_id;

  const int status = result.status;
  const bool success_status = status >= 200 && status < 300;
  const bool says_success = answer.error_code == kSuccess;
  const bool denied = status >= 400 && status < 500 && !says_success;
  if (status == telephony::kForbidden || status == telephony::kTooManyRequests) {
    return failed(std::move(outcome), telephony::status_error(kNames, status), says_success);
  }
  if (answer.form == Answer::Form::good && !says_success) {
    // Only an answer whose meaning is known, or one with HTTP 4xx, says that nothing was done.
    // Another answer can be about an error that came after the mute.
    Error error = error_of_answer(answer);
    const bool is_known = error.code != ErrorCode::refused;
    return failed(std::move(outcome), std::move(error), !is_known && !denied);
  }
  if (!success_status) {
    return failed(std::move(outcome), telephony::status_error(kNames, status), !denied);
  }
  if (!says_success) {
    return failed(std::move(outcome), error_of_form(answer.form, status, result.body), true);
  }
  outcome.retry_after_ms.reset();
  return outcome;
}

}  // namespace cardmute::voicenter
