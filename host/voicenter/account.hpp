// An agent's account at Voicenter: the settings of the section "voicenter", and the requests and
// answers of Voicenter's APIs (mute_api.hpp, active_calls.hpp, realtime_feed.hpp).
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "telephony/account.hpp"
#include "voicenter/mute_api.hpp"
#include "voicenter/realtime_login.hpp"

namespace cardmute::voicenter {

struct ActiveCallsSettings {
  std::string url;
  // The organisation's secret, or the file that contains it. The secret is never logged and never
  // sent to a browser.
  std::string code;
  std::string code_file;
};

// The log-in for events. It belongs to the agent, never to the whole account.
struct RealtimeSettings {
  std::string login_url{kLoginUrl};
  // Either an email address and a pin, or a token. A secret is given as a value, or as a file that
  // contains it.
  std::string email;
  std::string pin;
  std::string pin_file;
  std::string token;
  std::string token_file;
  // The monitor host to use instead of those that the log-in names; empty: use those of the log-in.
  std::string url;
};

class Account : public telephony::Account {
 public:
  Account();
  [[nodiscard]] std::shared_ptr<telephony::Account> copy() const override;

  MuteApi mute_api;
  std::optional<ActiveCallsSettings> active_calls;  // nullopt: there is no list of active calls
  std::optional<RealtimeSettings> realtime;         // nullopt: there are no events

  [[nodiscard]] std::vector<telephony::NamedFile> named_files() const override;
  [[nodiscard]] std::string server_url() const override { return mute_api.url; }
  [[nodiscard]] http::Request mute_request(const engine::Target& target,
                                           engine::Command command) const override;
  [[nodiscard]] engine::Outcome read_mute_answer(const http::Result& result) const override;
  [[nodiscard]] std::string calls_url() const override;
  [[nodiscard]] std::variant<telephony::CallsRequest, Error> calls_request() const override;
  [[nodiscard]] telephony::ListedCalls read_calls(const http::Result& result,
                                                  std::string_view secret) const override;
  [[nodiscard]] bool has_feed() const override { return realtime.has_value(); }
  [[nodiscard]] std::unique_ptr<telephony::Feed> make_feed(std::uint64_t seed) const override;
  [[nodiscard]] std::string words_of(engine::Command command) const override;
  [[nodiscard]] std::string polarity() const override { return mute_api.mute_state; }
  [[nodiscard]] std::string remedy_if_reversed() const override;
};

}  // namespace cardmute::voicenter
