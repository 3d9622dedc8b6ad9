// Voicenter's Real-time API as a feed: log-in, monitor hosts, socket.io and events, and what to do
// when any of these fails.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "socket_io/connection.hpp"
#include "telephony/feed.hpp"
#include "voicenter/account.hpp"
#include "voicenter/extension_events.hpp"
#include "voicenter/realtime_login.hpp"

namespace cardmute::voicenter {

// After a loss, the wait before the next attempt is random, up to a maximum that doubles with each
// failure ("full jitter"). When a monitor host restarts, ten thousand workstations must not return
// at the same moment. These are the first and the largest maximum.
inline constexpr int kFirstReconnect_ms = 250;
inline constexpr int kLongestReconnect_ms = 30'000;
// A connection that was live for this long counts as stable: the next wait is short again.
inline constexpr int kLasting_ms = 10'000;
// The next attempt waits at least kAfterDenial_ms after a token was denied or the extension was not
// named in time, and kAfterDeniedLogin_ms after a log-in was denied or a server has sent too much.
// Repeated log-ins with a wrong pin could lock the agent out.
inline constexpr int kAfterDenial_ms = 5000;
inline constexpr int kAfterDeniedLogin_ms = 5 * 60 * 1000;
// A new token is requested this long before the old one expires.
inline constexpr int kRefreshBefore_ms = 60'000;
// The least time between two requests for a new token while the feed is live, even if the new token
// ends at the same time as the old one.
inline constexpr std::chrono::seconds kRefreshPause{30};
// How long AllExtensionsStatus may take after the server has joined this client. The event must
// name the extension.
inline constexpr int kStatus_ms = 10'000;
// A log-in may take this much longer than the request's timeout, since the file with its secret may
// be on a slow disk.
inline constexpr int kSecretFile_ms = 5000;
// AllExtensionsStatus comes only after connecting. So for a new list the feed connects again, which
// must succeed within this time; otherwise the feed counts as lost.
inline constexpr int kRenewal_ms = 4000;
// After an event that is older than one before it, or that cannot be read, a new list is requested,
// but not sooner than this long after the last list.
inline constexpr int kDoubt_ms = 10'000;
// The most bytes in kReceivedWindow_ms. More cannot be about the calls of one agent, since an event
// has about 1.5 KB. The connection is then closed, and the next attempt waits as after a denied
// log-in.
inline constexpr std::size_t kMaxReceived_bytes = std::size_t{8} * 1024 * 1024;
inline constexpr int kReceivedWindow_ms = 10'000;
// The most extensions that the token of one agent gives access to. A token for more is an
// account's, and is not used: it would bring every call of the organisation, with the callers'
// numbers, to this workstation.
inline constexpr std::size_t kMaxExtensions_of_a_user = 8;

class RealtimeFeed final : public telephony::Feed {
 public:
  RealtimeFeed(RealtimeSettings settings, std::string extension, int timeout_ms,
               std::uint64_t seed);

  void tick(engine::Moment now) override;
  void answered(http::Result& result, engine::Moment now) override;
  void not_made(Error error, engine::Moment now) override;
  void opened(engine::Moment now) override;
  void received(std::string_view bytes, engine::Moment now) override;
  void ended(const http::StreamEnd& end, engine::Moment now) override;
  void renew(engine::Moment now) override;

  std::vector<telephony::FeedAction> take_actions() override { return std::exchange(actions_, {}); }
  std::vector<engine::CallList> take_lists() override { return std::exchange(lists_, {}); }
  [[nodiscard]] std::optional<engine::Steady> next_deadline() const override;

  [[nodiscard]] telephony::FeedState state() const override;
  [[nodiscard]] const std::optional<Error>& problem() const override { return problem_; }
  [[nodiscard]] bool has_tried_all() const override;
  [[nodiscard]] std::optional<std::chrono::seconds> clock_ahead() const override {
    return clock_ahead_;
  }

 private:
  enum class Step { waiting, logging_in, opening, joining, live, given_up };

  void begin(engine::Moment now);
  void request_token(engine::Moment now);
  void ask(std::function<telephony::FeedRequest::Made()> make);
  void open_host(engine::Moment now);
  void refresh_token_if_due(engine::Moment now);
  bool is_out_of_order(const ExtensionEvent& event, bool is_status);
  bool is_too_much(std::size_t bytes, engine::Moment now);
  void follow_connection(engine::Moment now);
  void on_event(std::string_view json, engine::Moment now);
  void on_extension_event(const ExtensionEvent& event, bool is_status, engine::Moment now);
  void lost(std::optional<Error> problem, int least_wait_ms, engine::Moment now);
  void give_up(Error problem);
  [[nodiscard]] bool token_is_good(engine::Moment now) const;

  RealtimeSettings settings_;
  std::string extension_;
  int timeout_ms_;
  std::mt19937_64 random_;

  Step step_ = Step::waiting;
  std::optional<engine::Steady> retry_at_;      // when to try again; nullopt: at once
  int wait_ms_ = kFirstReconnect_ms;            // the most that the next wait may be
  bool refreshing_ = false;                     // a new token was requested while the feed is live
  std::optional<engine::Steady> refreshed_at_;  // when refreshing_ last began

  Login login_;
  std::size_t host_ = 0;                  // index of the current or next connection's monitor host
  std::size_t failed_hosts_ = 0;          // how many hosts have failed in a row
  std::vector<std::string> tried_hosts_;  // the hosts that the last log-in named
  std::unique_ptr<socket_io::Connection> connection_;
  // deadline of the log-in, of AllExtensionsStatus or of a renewal
  std::optional<engine::Steady> answer_by_;
  engine::Steady live_since_{};
  // the bytes received since received_since_, over all connections
  std::size_t received_bytes_ = 0;
  engine::Steady received_since_{};
  bool renewing_ = false;
  std::optional<engine::Steady> listed_at_;  // when the last AllExtensionsStatus came
  // the server's time in the newest event about the extension
  std::optional<std::int64_t> server_time_s_;
  // since the last list, an event came that was out of order or could not be read
  bool in_doubt_ = false;

  std::vector<telephony::FeedAction> actions_;
  std::vector<engine::CallList> lists_;
  std::optional<Error> problem_;
  std::optional<std::chrono::seconds> clock_ahead_;
};

}  // namespace cardmute::voicenter
