// Failures below Voicenter's own answers, in words; see transport.hpp.
#include "voicenter/transport.hpp"

#include "protocol/plain_text.hpp"

namespace cardmute::voicenter {

namespace {

constexpr std::size_t kMaxFailureText_bytes = 300;

// What an administrator can look at, by failure.
std::string_view advice(http::Failure failure) {
  switch (failure) {
    case http::Failure::resolve:
      return "Check this computer's network and name server, and the host in voicenter.mute_url "
             "and voicenter.proxy.";
    case http::Failure::connect:
      return "Check this computer's network, its firewall, and voicenter.mute_url and "
             "voicenter.proxy.";
    case http::Failure::tls:
      return "Expected a certificate that this computer trusts, for the host in "
             "voicenter.mute_url. Behind a proxy that inspects TLS, name its CA in "
             "voicenter.ca_file.";
    default:
      return "Run \"cardmute-host doctor\" to see where it breaks.";
  }
}

}  // namespace

Trouble trouble_of_transport(const http::Result& result) {
  const std::string text = plain_text(result.failure_text, kMaxFailureText_bytes);
  switch (result.failure) {
    case http::Failure::timeout:
      return {ErrorCode::timeout,
              "Voicenter did not answer in time (" + text +
                  "). Check this computer's network, or allow more time in voicenter.timeout_ms."};
    case http::Failure::too_large:
      return {ErrorCode::bad_answer,
              "Voicenter's answer was far too long (" + text +
                  "). Expected a short JSON object; check that voicenter.mute_url is the API's."};
    case http::Failure::other:
      if (result.sent) {
        return {ErrorCode::bad_answer,
                "The answer was not HTTP as expected (" + text +
                    "). Check that voicenter.mute_url and voicenter.proxy lead to Voicenter."};
      }
      break;
    case http::Failure::reset:
      return {ErrorCode::unreachable,
              "The connection to Voicenter broke before its answer was complete (" + text + "). " +
                  std::string(advice(result.failure))};
    default:
      break;
  }
  return {ErrorCode::unreachable,
          "Voicenter could not be reached (" + text + "). " + std::string(advice(result.failure))};
}

Trouble trouble_of_status(int status) {
  const std::string number = "HTTP " + std::to_string(status);
  if (status == kForbidden) {
    return {ErrorCode::refused, "Voicenter refuses this network (" + number +
                                    "). Ask the administrator to have this office's IP address "
                                    "allowed at Voicenter."};
  }
  if (status == kTooManyRequests) {
    return {ErrorCode::throttled,
            "Voicenter was asked too often (" + number + "). It is asked again after a pause."};
  }
  if (status >= 300 && status < 400) {
    return {ErrorCode::bad_answer, "Voicenter's server redirects elsewhere (" + number +
                                       "), which is not followed. Expected the API's own address "
                                       "in voicenter.mute_url."};
  }
  if (status >= 500) {
    return {ErrorCode::bad_answer,
            "Voicenter's server failed (" + number + "). If it lasts, tell Voicenter's support."};
  }
  return {ErrorCode::bad_answer, "Voicenter's server did not accept the request (" + number +
                                     "). Check voicenter.mute_url and voicenter.method."};
}

}  // namespace cardmute::voicenter
