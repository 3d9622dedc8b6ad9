// Voicenter's mute API; see mute_api.hpp.
#include "voicenter/mute_api.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "voicenter/answer.hpp"
#include "voicenter/percent_encoding.hpp"
#include "voicenter/transport.hpp"

namespace cardmute::voicenter {

namespace {

constexpr std::int64_t kSuccess = 200;  // ErrorCode, whatever the HTTP status

std::string_view name_of(Target::By by) { return by == Target::By::ivrid ? "ivrid" : "extension"; }

std::string state_of(const MuteApi& api, engine::Command command) {
  const bool mute = command == engine::Command::mute;
  return mute == (api.mute_state == "1") ? "1" : "0";
}

// Without the blanks around it, in lower case.
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

// An ErrorCode other than 200. The texts are those of "Voicenter Response Parameters" in the
// English document and of the Hebrew document's example of a failure.
Trouble trouble_of_answer(const Answer& answer) {
  const std::string message = normalised(answer.message);
  if (message == "extension not found") {
    return {ErrorCode::extension_not_found,
            "Voicenter does not know the extension. Expected: the agent's SIP ID as it stands in "
            "the Cpanel (voicenter.extension)."};
  }
  // The second spelling, with a small L, is the English document's own.
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

// HTTP 2xx, and yet no ErrorCode can be read.
Trouble trouble_of_form(Answer::Form form, int status) {
  const std::string answered = "Voicenter's server answered HTTP " + std::to_string(status);
  const auto trouble = [&](std::string_view what) {
    return Trouble{ErrorCode::bad_answer,
                   answered + ", but " + std::string(what) +
                       ". Expected a JSON object with an ErrorCode; check voicenter.mute_url, and "
                       "whether a proxy or a login page answers in Voicenter's place."};
  };
  switch (form) {
    case Answer::Form::no_json:
      return trouble("its answer is not JSON");
    case Answer::Form::no_object:
      return trouble("its answer is not a JSON object");
    case Answer::Form::no_error_code:
      return trouble("its answer has no ErrorCode");
    default:
      return trouble("its ErrorCode cannot be understood");
  }
}

engine::Outcome failed(engine::Outcome outcome, Trouble trouble, bool in_doubt) {
  outcome.error = trouble.code;
  outcome.reason = std::move(trouble.reason);
  outcome.in_doubt = in_doubt;
  return outcome;
}

}  // namespace

http::Request build_request(const MuteApi& api, const Target& target, engine::Command command) {
  http::Request request;
  const std::string_view by = name_of(target.by);
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
    return failed(std::move(outcome), trouble_of_transport(result), result.sent);
  }

  Answer answer = read_answer(result.body);
  outcome.error_code = answer.error_code;
  outcome.message = answer.message;
  outcome.action_id = answer.action_id;

  const int status = result.status;
  const bool success_status = status >= 200 && status < 300;
  const bool says_success = answer.error_code == kSuccess;
  if (status == kForbidden || status == kTooManyRequests) {
    return failed(std::move(outcome), trouble_of_status(status), says_success);
  }
  if (answer.form == Answer::Form::good && !says_success) {
    return failed(std::move(outcome), trouble_of_answer(answer), false);
  }
  if (!success_status) {
    const bool denied = status >= 400 && status < 500 && !says_success;
    return failed(std::move(outcome), trouble_of_status(status), !denied);
  }
  if (!says_success) {
    return failed(std::move(outcome), trouble_of_form(answer.form, status), true);
  }
  outcome.retry_after_ms.reset();
  return outcome;
}

}  // namespace cardmute::voicenter
