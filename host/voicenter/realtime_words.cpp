#include "voicenter/realtime_words.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "telephony/failure_text.hpp"
#include "voicenter/names.hpp"

namespace cardmute::voicenter {

namespace {

constexpr int kBadRequest = 400;

std::string in_brackets(const std::string& words) {
  return words.empty() ? "" : " (" + words + ")";
}

// Whether these are engine.io 3's words for a request that is wrong whatever the token is.
bool denies_request(const std::string& words) {
  constexpr std::array kWords = {
      std::string_view("Bad handshake method"), std::string_view("Bad request"),
      std::string_view("Session ID unknown"), std::string_view("Transport unknown")};
  return std::ranges::find(kWords, words) != kWords.end();
}

Error error_of_status(const socket_io::Connection& connection) {
  const int status = connection.http_status();
  const std::string answered = "Voicenter's server for events answered HTTP " +
                               std::to_string(status) + in_brackets(connection.words());
  if (denies_token(connection)) {
    const bool is_known = status != kBadRequest || !connection.words().empty();
    return {ErrorCode::refused,
            answered + (is_known ? ": it denies the token. A new log-in follows by itself."
                                 : ": it denies the token, or what is asked for is not there. A "
                                   "new log-in follows by itself; if this stays, check "
                                   "voicenter.realtime.url.")};
  }
  if (status >= 300 && status < 400) {
    return {ErrorCode::bad_answer,
            answered +
                ": it names another address, which is not used, because the token would go "
                "there. Check voicenter.realtime.url."};
  }
  if (status >= 500 || status == telephony::kTooManyRequests) {
    return {ErrorCode::unreachable,
            answered +
                ": it, or a proxy before it, is not ready. The connection is opened again "
                "by itself."};
  }
  return {ErrorCode::bad_answer, answered +
                                     ", so there are no events at this address. Check "
                                     "voicenter.realtime.url, and whether a proxy blocks "
                                     "WebSocket."};
}

}  // namespace

bool denies_token(const socket_io::Connection& connection) {
  if (connection.end() == socket_io::End::refused) return true;
  const int status = connection.http_status();
  const bool may_deny = status == telephony::kUnauthorized || status == telephony::kForbidden ||
                        (status == kBadRequest && !denies_request(connection.words()));
  return connection.end() == socket_io::End::denied && may_deny;
}

Error error_of_stream(const http::StreamEnd& end) {
  if (end.failure == http::Failure::none)
    return {ErrorCode::unreachable, "Voicenter's server for events closed the connection at once."};
  http::Result result;
  result.failure = end.failure;
  result.failure_text = end.text;
  return telephony::transport_error(kNames, result);
}

Error error_of_end(const socket_io::Connection& connection) {
  using socket_io::End;
  const std::string words = in_brackets(connection.words());
  switch (connection.end()) {
    case End::refused:
      return {ErrorCode::refused, "Voicenter denies the token for events" + words +
                                      ". A new log-in follows by itself."};
    case End::denied:
      return error_of_status(connection);
    case End::not_http:
      return {ErrorCode::bad_answer,
              "Nobody speaks Socket.IO at Voicenter's address for events. Check "
              "voicenter.realtime.url, and whether a proxy blocks WebSocket."};
    case End::not_socket_io:
      return {ErrorCode::bad_answer,
              "The server for events does not speak Socket.IO. Check voicenter.realtime.url, and "
              "whether a proxy answers in Voicenter's place."};
    case End::other_version:
      return {ErrorCode::bad_answer,
              "The server for events speaks another version of Socket.IO. Expected version 2 "
              "(engine.io 3). A newer CardMute may be needed."};
    case End::silent:
      return {ErrorCode::timeout,
              "Voicenter's server for events does not answer any more. The connection is opened "
              "again by itself."};
    case End::left:
      return {ErrorCode::unreachable,
              "Voicenter's server has put this workstation out of its events. The connection is "
              "opened again by itself."};
    case End::too_large:
      return {ErrorCode::bad_answer,
              "An event of Voicenter has more than " +
                  std::to_string(socket_io::kMaxMessage_bytes / 1024 / 1024) +
                  " MiB. Is the log-in that of one agent?"};
    case End::invalid:
      return {ErrorCode::bad_answer,
              "What Voicenter's server for events sends cannot be read. Does a proxy change it?"};
    case End::closed:
    case End::none:
      break;
  }
  return {ErrorCode::unreachable,
          "Voicenter's server for events closed the connection. It is opened again by itself."};
}

Error error_without_secret(bool by_token) {
  const std::string key = by_token ? "token" : "pin";
  return {ErrorCode::config_invalid, "The file of voicenter.realtime." + key + " holds no " + key +
                                         ". Write it into the file, one line."};
}

Error error_of_slow_login() {
  return {ErrorCode::timeout,
          "The log-in for events has not ended in time. If its secret is in a file, is the file's "
          "disk slow?"};
}

Error error_of_renewal() {
  return {ErrorCode::timeout,
          "Voicenter has sent no new list of calls in time. The connection is opened again by "
          "itself."};
}

Error error_of_too_much() {
  return {
      ErrorCode::bad_answer,
      "Voicenter's server for events sends far more than the calls of one agent. The connection "
      "is closed, and tried again after some minutes."};
}

Error error_without_hosts() {
  return {ErrorCode::bad_answer,
          "Voicenter's log-in names no server for events. Expected a Url or a URLList; set "
          "voicenter.realtime.url to a monitor host of the account."};
}

Error error_without_status(const std::string& extension) {
  return {ErrorCode::extension_not_found,
          "Voicenter sends events, but none names the extension " + extension +
              ". Is voicenter.realtime the log-in of the agent who has this extension?"};
}

Error error_of_account_token(std::size_t extensions) {
  return {ErrorCode::config_invalid,
          "The log-in for events gives access to " + std::to_string(extensions) +
              " extensions, so it is the account's. It is not used: the calls and callers of the "
              "whole organisation would come to this workstation. Expected: the log-in of one "
              "agent (voicenter.realtime)."};
}

}  // namespace cardmute::voicenter
