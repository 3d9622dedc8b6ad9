#include "voicenter/realtime_login.hpp"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <utility>

#include "base/url.hpp"
#include "telephony/failure_text.hpp"
#include "voicenter/names.hpp"
#include "voicenter/secret_body.hpp"

namespace cardmute::voicenter {

namespace {

using nlohmann::json;

constexpr int kNotFound = 404;
// A number below kLeastMilliseconds is a time in seconds, a larger one in milliseconds. A number
// above kMostMilliseconds is not a time.
constexpr std::int64_t kLeastMilliseconds = 100'000'000'000;
constexpr std::int64_t kMostMilliseconds = kLeastMilliseconds * 1000;

http::Request post(std::string_view login_url, std::string_view name, std::string body) {
  return {.method = "POST", .url = std::string(login_url).append(name), .body = std::move(body)};
}

json* member(json& object, const char* name) {
  if (!object.is_object()) return nullptr;
  const auto found = object.find(name);
  return found == object.end() ? nullptr : &*found;
}

platform::Secret take_token(json& socket, const char* name) {
  json* token = member(socket, name);
  if (token == nullptr || !token->is_string()) return {};
  auto& text = token->get_ref<std::string&>();
  platform::Secret taken;
  const bool usable = text.size() <= kMaxToken_bytes &&
                      std::ranges::all_of(text, [](char c) { return c > ' ' && c < 127; });
  if (usable) taken = platform::Secret(text);
  platform::wipe(text);
  return taken;
}

std::optional<UtcTime> time_of(std::int64_t number) {
  if (number < 0 || number > kMostMilliseconds) return std::nullopt;
  return number < kLeastMilliseconds ? std::chrono::seconds(number) : UtcTime(number);
}

// Reads a time such as "2026-11-21T10:00:00Z", with or without fractions and with "T" or a blank,
// or a number.
std::optional<UtcTime> read_time(json* value) {
  if (value == nullptr) return std::nullopt;
  if (value->is_number_integer()) return time_of(value->get<std::int64_t>());
  if (!value->is_string()) return std::nullopt;
  std::string text = value->get<std::string>();
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc() && end == text.data() + text.size()) return time_of(number);
  constexpr std::size_t kSeconds_characters = std::string_view("2026-11-21T10:00:00").size();
  if (text.size() < kSeconds_characters) return std::nullopt;
  text.resize(kSeconds_characters);
  text[std::string_view("2026-11-21").size()] = 'T';
  return parse_utc(text + ".000Z");
}

void add_host(json* value, std::vector<std::string>& hosts) {
  if (value == nullptr || !value->is_string() || hosts.size() >= kMaxMonitorHosts) return;
  const auto origin = monitor_origin(value->get_ref<const std::string&>());
  if (origin && std::ranges::find(hosts, *origin) == hosts.end()) hosts.push_back(*origin);
}

Login no_login(ErrorCode code, std::string message, bool denied) {
  Login login;
  login.error = Error{code, std::move(message)};
  login.denied = denied;
  return login;
}

Login no_token(json& body, int status) {
  if (status >= 300 && status < 400) {
    return no_login(ErrorCode::bad_answer,
                    "Voicenter's log-in for events names another address (HTTP " +
                        std::to_string(status) +
                        "), which is not used, because the log-in would go there. Check "
                        "voicenter.realtime.login_url.",
                    false);
  }
  if (status == kNotFound || !body.is_object()) {
    return no_login(ErrorCode::bad_answer,
                    "The answer to the log-in for events is not what Voicenter's log-in gives. "
                    "Expected a JSON object; check voicenter.realtime.login_url.",
                    false);
  }
  return no_login(ErrorCode::refused,
                  "Voicenter denies the log-in for events (HTTP " + std::to_string(status) +
                      "). Check voicenter.realtime.email and pin, or token.",
                  true);
}

}  // namespace

http::Request user_login_request(std::string_view login_url, std::string_view email,
                                 std::string_view pin) {
  return post(login_url, "/User", secret_body({{"email", email}, {"pin", pin}}));
}

http::Request token_login_request(std::string_view login_url, std::string_view token) {
  return post(login_url, "/Token", secret_body({{"token", token}}));
}

http::Request refresh_request(std::string_view login_url, std::string_view refresh_token) {
  http::Request request{.url = std::string(login_url) + "/RefreshIdentityToken"};
  request.bearer = refresh_token;
  return request;
}

Login read_login(http::Result& result) {
  if (result.failure != http::Failure::none) {
    Error error = telephony::transport_error(kNames, result);
    return no_login(error.code, std::move(error.message), false);
  }
  const int status = result.status;
  json body = json::parse(result.body, nullptr, /*allow_exceptions=*/false);
  platform::wipe(result.body);
  if (status == telephony::kTooManyRequests || status >= 500) {
    Error error = telephony::status_error(kNames, status);
    return no_login(error.code, std::move(error.message), false);
  }
  json* data = member(body, "Data");
  json* inner = data == nullptr ? nullptr : member(*data, "Socket");
  json* socket = inner == nullptr ? data : inner;
  Login login;
  if (socket != nullptr) {
    login.token = take_token(*socket, "Token");
    login.refresh_token = take_token(*socket, "RefreshToken");
  }
  const bool denies = status == telephony::kUnauthorized || status == telephony::kForbidden;
  if (login.token.empty() || denies || status < 200 || status >= 300) {
    return no_token(body, status);
  }
  login.token_expiry = read_time(member(*socket, "TokenExpiry"));
  login.refresh_expiry = read_time(member(*socket, "RefreshTokenExpiry"));
  add_host(member(*socket, "Url"), login.hosts);
  if (json* list = member(*socket, "URLList"); list != nullptr && list->is_array()) {
    for (json& each : *list) add_host(&each, login.hosts);
  }
  return login;
}

std::optional<std::string> monitor_origin(std::string_view text) {
  constexpr std::string_view kSecure = "wss://";
  constexpr std::string_view kPlain = "ws://";
  std::string url(text);
  if (text.starts_with(kSecure)) {
    url = "https://" + std::string(text.substr(kSecure.size()));
  } else if (text.starts_with(kPlain)) {
    url = "http://" + std::string(text.substr(kPlain.size()));
  } else if (text.find("://") == std::string_view::npos) {
    url = "https://" + url;
  }
  const auto origin = url::origin_of(url);
  if (!origin || (!origin->secure && !url::is_loopback_host(origin->host))) return std::nullopt;
  return origin->text();
}

}  // namespace cardmute::voicenter
