// The log-in of Voicenter's Real-time API, without I/O: the requests, and what the answers say.
//
// The log-in is that of one user, never that of the account: an account's token would bring the
// calls and the callers of every extension to each workstation.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/utc_time.hpp"
#include "http/message.hpp"
#include "platform/secret.hpp"

namespace cardmute::voicenter {

inline constexpr std::string_view kLoginUrl = "https://loginapi.voicenter.co.il/monitorAPI/Login";
// At most this many of the hosts for events are used, in the answer's order.
inline constexpr std::size_t kMaxMonitorHosts = 16;
// A longer token is not used. Those that were seen have less than 1000 bytes.
inline constexpr std::size_t kMaxToken_bytes = 4096;

// The names of the requests are appended to `login_url`; see kLoginUrl.
http::Request user_login_request(std::string_view login_url, std::string_view email,
                                 std::string_view pin);
http::Request token_login_request(std::string_view login_url, std::string_view token);
// Asks for a new token without the user's pin.
http::Request refresh_request(std::string_view login_url, std::string_view refresh_token);

struct Login {
  // Why there is no token; nullopt if there is one.
  std::optional<Error> error;
  // Voicenter has denied the credentials, so sending them again soon is of no use.
  bool denied = false;
  platform::Secret token;
  std::optional<UtcTime> token_expiry;
  platform::Secret refresh_token;  // empty if the answer has none
  std::optional<UtcTime> refresh_expiry;
  // the hosts as origins, for example "https://monitor5.voicenter.co"
  std::vector<std::string> hosts;
};

// Reads the answer to any of the three requests. Wipes the tokens in `result`.
Login read_login(http::Result& result);

// The origin of a monitor host. Voicenter writes such a host with or without a scheme, also with
// "wss". nullopt if the text names no host, or if it names another computer without encryption.
std::optional<std::string> monitor_origin(std::string_view text);

}  // namespace cardmute::voicenter
