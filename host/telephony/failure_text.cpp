#include "telephony/failure_text.hpp"

#include <string>

#include "base/plain_text.hpp"

namespace cardmute::telephony {

namespace {

constexpr std::size_t kMaxFailureText_bytes = 300;

// The names as std::string, because these can be joined.
struct Words {
  explicit Words(const Names& names)
      : provider(names.provider),
        url(names.url_key),
        request(names.request_keys),
        proxy(std::string(names.section) + ".proxy"),
        ca_file(std::string(names.section) + ".ca_file"),
        timeout(std::string(names.section) + ".timeout_ms") {}

  std::string provider;
  std::string url;
  std::string request;
  std::string proxy;
  std::string ca_file;
  std::string timeout;
};

std::string advice(const Words& words, http::Failure failure) {
  switch (failure) {
    case http::Failure::resolve:
      return "Check this computer's network and name server, and the host in " + words.url +
             " and " + words.proxy + ".";
    case http::Failure::connect:
      return "Check this computer's network, its firewall, and " + words.url + " and " +
             words.proxy + ".";
    case http::Failure::tls:
      return "Expected a certificate that this computer trusts, for the host in " + words.url +
             ". Behind a proxy that inspects TLS, name its CA in " + words.ca_file + ".";
    default:
      return "Run \"cardmute-host doctor\" to see where it breaks.";
  }
}

}  // namespace

Error transport_error(const Names& names, const http::Result& result) {
  const Words words(names);
  const std::string text = plain_text(result.failure_text, kMaxFailureText_bytes);
  switch (result.failure) {
    case http::Failure::timeout:
      return {ErrorCode::timeout, words.provider + " did not answer in time (" + text +
                                      "). Check this computer's network, or allow more time in " +
                                      words.timeout + "."};
    case http::Failure::too_large:
      return {ErrorCode::bad_answer, words.provider + "'s answer was far too long (" + text +
                                         "). Expected a short JSON object; check that " +
                                         words.url + " is the API's."};
    case http::Failure::other:
      if (result.sent) {
        return {ErrorCode::bad_answer, "The answer was not HTTP as expected (" + text +
                                           "). Check that " + words.url + " and " + words.proxy +
                                           " lead to " + words.provider + "."};
      }
      break;
    case http::Failure::reset:
      return {ErrorCode::unreachable, "The connection to " + words.provider +
                                          " broke before its answer was complete (" + text + "). " +
                                          advice(words, result.failure)};
    default:
      break;
  }
  return {ErrorCode::unreachable, words.provider + " could not be reached (" + text + "). " +
                                      advice(words, result.failure)};
}

Error status_error(const Names& names, int status) {
  const Words words(names);
  const std::string number = "HTTP " + std::to_string(status);
  if (status == kForbidden) {
    return {ErrorCode::refused, words.provider + " refuses this network (" + number +
                                    "). Ask the administrator to have this office's IP address "
                                    "allowed at " +
                                    words.provider + "."};
  }
  if (status == kTooManyRequests) {
    return {ErrorCode::throttled, words.provider + " was asked too often (" + number +
                                      "). It is asked again after a pause."};
  }
  if (status >= 300 && status < 400) {
    return {ErrorCode::bad_answer, words.provider + "'s server redirects elsewhere (" + number +
                                       "), which is not followed. Expected the API's own address "
                                       "in " +
                                       words.url + "."};
  }
  if (status >= 500) {
    return {ErrorCode::bad_answer, words.provider + "'s server failed (" + number +
                                       "). If it lasts, tell " + words.provider + "'s support."};
  }
  return {ErrorCode::bad_answer, words.provider + "'s server did not accept the request (" +
                                     number + "). Check " + words.request + "."};
}

}  // namespace cardmute::telephony
