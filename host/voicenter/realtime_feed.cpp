// See realtime_feed.hpp. realtime_words.cpp has the messages about what goes wrong.
#include "voicenter/realtime_feed.hpp"

#include <algorithm>
#include <utility>

#include "base/url.hpp"
#include "platform/secret.hpp"
#include "voicenter/percent_encoding.hpp"
#include "voicenter/realtime_words.hpp"
#include "voicenter/secret_file.hpp"

namespace cardmute::voicenter {

using engine::Moment;
using std::chrono::milliseconds;

namespace {

// Makes the log-in's request. Reads the file of the pin or the token, if there is one.
telephony::FeedRequest::Made login_request(const RealtimeSettings& settings) {
  const bool by_token = settings.email.empty();
  const auto secret = by_token ? secret_of(settings.token, settings.token_file)
                               : secret_of(settings.pin, settings.pin_file);
  if (secret.empty()) return error_without_secret(by_token);
  return by_token ? token_login_request(settings.login_url, secret.value())
                  : user_login_request(settings.login_url, settings.email, secret.value());
}

}  // namespace

RealtimeFeed::RealtimeFeed(RealtimeSettings settings, std::string extension, int timeout_ms,
                           std::uint64_t seed)
    : settings_(std::move(settings)),
      extension_(std::move(extension)),
      timeout_ms_(timeout_ms),
      random_(seed) {}

void RealtimeFeed::tick(Moment now) {
  if (step_ == Step::waiting && (!retry_at_ || now.steady >= *retry_at_)) begin(now);
  if (connection_) {
    connection_->tick(now.steady);
    follow_connection(now);
  }
  if (answer_by_ && now.steady >= *answer_by_) {
    if (step_ == Step::logging_in) return lost(error_of_slow_login(), 0, now);
    if (renewing_) return lost(error_of_renewal(), 0, now);
    return lost(error_without_status(extension_), kAfterDenial_ms, now);
  }
  refresh_token_if_due(now);
  if (in_doubt_ && now.steady >= *listed_at_ + milliseconds(kDoubt_ms)) renew(now);
}

void RealtimeFeed::refresh_token_if_due(Moment now) {
  const bool token_ends = login_.token_expiry && !token_is_good(now);
  const bool may_refresh = !refreshed_at_ || now.steady >= *refreshed_at_ + kRefreshPause;
  if (step_ != Step::live || !token_ends || !may_refresh || refreshing_ ||
      login_.refresh_token.empty()) {
    return;
  }
  refreshing_ = true;
  refreshed_at_ = now.steady;
  ask([request = refresh_request(settings_.login_url, login_.refresh_token.value())] {
    return telephony::FeedRequest::Made(request);
  });
}

void RealtimeFeed::renew(Moment now) {
  if (step_ != Step::live) return;
  renewing_ = true;
  in_doubt_ = false;
  begin(now);
  if (renewing_) answer_by_ = now.steady + milliseconds(kRenewal_ms);
}

void RealtimeFeed::begin(Moment now) {
  retry_at_.reset();
  if (!login_.token.empty() && token_is_good(now)) {
    open_host(now);
  } else {
    request_token(now);
  }
}

void RealtimeFeed::request_token(Moment now) {
  step_ = Step::logging_in;
  answer_by_ = now.steady + milliseconds(timeout_ms_ + kSecretFile_ms);
  const bool may_refresh =
      !login_.refresh_token.empty() && (!login_.refresh_expiry || now.utc < *login_.refresh_expiry);
  if (may_refresh) {
    ask([request = refresh_request(settings_.login_url, login_.refresh_token.value())] {
      return telephony::FeedRequest::Made(request);
    });
    // If the refresh is denied, the next attempt is a log-in.
    login_.refresh_token = {};
  } else {
    ask([settings = settings_] { return login_request(settings); });
  }
}

void RealtimeFeed::ask(std::function<telephony::FeedRequest::Made()> make) {
  actions_.emplace_back(telephony::FeedRequest{std::move(make), timeout_ms_});
}

void RealtimeFeed::not_made(Error error, Moment now) {
  // The failed request was only a refresh, so the connection is still live.
  if (std::exchange(refreshing_, false) || step_ != Step::logging_in) return;
  lost(std::move(error), kLongestReconnect_ms, now);
}

void RealtimeFeed::answered(http::Result& result, Moment now) {
  const bool was_refreshing = std::exchange(refreshing_, false);
  if (step_ != Step::logging_in && !was_refreshing) return;
  Login login = read_login(result);
  if (step_ == Step::logging_in && login.error) {
    const int least_ms = login.denied ? kAfterDeniedLogin_ms : 0;
    const bool was_refresh = !login_.token.empty();
    login_ = {};
    // If only a refresh has failed, that says nothing about the pin, so the next log-in waits no
    // longer than after any loss.
    return lost(std::move(login.error), was_refresh ? 0 : least_ms, now);
  }
  if (login.error) {
    // The connection is still live, and the next connection begins with a log-in.
    login_.refresh_token = {};
    return;
  }
  if (login.hosts.empty()) login.hosts = std::move(login_.hosts);
  login_ = std::move(login);
  if (step_ != Step::logging_in) return;
  // If the log-in names the same hosts as before, the next host is tried: the last one may have
  // denied a good token.
  if (login_.hosts != tried_hosts_) host_ = failed_hosts_ = 0;
  tried_hosts_ = login_.hosts;
  open_host(now);
}

void RealtimeFeed::open_host(Moment now) {
  const auto own = settings_.url.empty() ? std::nullopt : monitor_origin(settings_.url);
  if (own) login_.hosts = {*own};
  if (login_.hosts.empty()) return lost(error_without_hosts(), kLongestReconnect_ms, now);
  step_ = Step::opening;
  if (!renewing_) answer_by_.reset();
  const std::string& host = login_.hosts[host_ % login_.hosts.size()];
  actions_.emplace_back(telephony::FeedOpen{host, timeout_ms_});
  std::string query = "token=" + percent_encoded(login_.token.value());
  connection_ = std::make_unique<socket_io::Connection>(host.substr(host.find("//") + 2), query,
                                                        random_(), now.steady);
  platform::wipe(query);
}

void RealtimeFeed::opened(Moment now) {
  if (step_ != Step::opening) return;
  step_ = Step::joining;
  follow_connection(now);
}

void RealtimeFeed::received(std::string_view bytes, Moment now) {
  if (!connection_ || step_ == Step::opening) return;
  if (is_too_much(bytes.size(), now)) return lost(error_of_too_much(), kAfterDeniedLogin_ms, now);
  connection_->received(bytes, now.steady);
  follow_connection(now);
}

bool RealtimeFeed::is_too_much(std::size_t bytes, Moment now) {
  if (now.steady - received_since_ >= milliseconds(kReceivedWindow_ms)) {
    received_since_ = now.steady;
    received_bytes_ = 0;
  }
  received_bytes_ += bytes;
  return received_bytes_ > kMaxReceived_bytes;
}

void RealtimeFeed::ended(const http::StreamEnd& end, Moment now) {
  if (!connection_) return;
  if (step_ == Step::opening) return lost(error_of_stream(end), 0, now);
  connection_->ended(now.steady);
  follow_connection(now);
}

// Passes on what the connection wants to send and what it has received, and ends it if it is over.
void RealtimeFeed::follow_connection(Moment now) {
  if (step_ != Step::opening) {
    std::string output = connection_->take_output();
    if (!output.empty()) actions_.emplace_back(telephony::FeedWrite{std::move(output)});
  }
  for (const auto& event : connection_->take_events()) {
    on_event(event.value(), now);
    if (!connection_) return;
  }
  if (connection_->joined() && !answer_by_ && step_ == Step::joining) {
    answer_by_ = now.steady + milliseconds(kStatus_ms);
  }
  if (connection_->end() == socket_io::End::none) return;
  const bool denied = denies_token(*connection_);
  if (denied) login_ = {};
  int least_wait_ms = denied ? kAfterDenial_ms : 0;
  // Most likely the message was the state of all extensions of an account, which is not fetched
  // again and again.
  if (connection_->end() == socket_io::End::too_large) least_wait_ms = kAfterDeniedLogin_ms;
  lost(error_of_end(*connection_), least_wait_ms, now);
}

void RealtimeFeed::on_event(std::string_view json, Moment now) {
  const std::string_view name = socket_io::name_of_event(json);
  const bool is_status = name == kAllExtensionsStatus;
  if (!is_status && name != kExtensionEvent) return;
  if (const auto event = read_extension_event(json, extension_)) {
    on_extension_event(*event, is_status, now);
  } else {
    // The event cannot be read, for example because a name in it was cut within a character. A new
    // list shows which calls there are.
    in_doubt_ = step_ == Step::live;
  }
}

// Whether the event is older than one before it. On one connection events come in order, so either
// an event was sent once more, or the server's clock was set back. A new list shows which calls
// there are. Until that list comes, an event that is out of order can only show that a call is
// active, not that a call has ended.
bool RealtimeFeed::is_out_of_order(const ExtensionEvent& event, bool is_status) {
  const bool is_first = is_status && step_ == Step::joining;
  if (!event.server_time_s) return false;
  if (!is_first && server_time_s_ && *event.server_time_s < *server_time_s_) {
    in_doubt_ = step_ == Step::live;
    return true;
  }
  server_time_s_ = event.server_time_s;
  return false;
}

void RealtimeFeed::on_extension_event(const ExtensionEvent& event, bool is_status, Moment now) {
  if (is_status && event.extensions > kMaxExtensions_of_a_user) {
    return give_up(error_of_account_token(event.extensions));
  }
  if (!event.names_extension) return;
  const bool is_doubtful = is_out_of_order(event, is_status);
  if (event.server_time_s && !is_doubtful) {
    const auto here = std::chrono::duration_cast<std::chrono::seconds>(now.utc);
    clock_ahead_ = here - std::chrono::seconds(*event.server_time_s);
  }
  engine::CallList list = call_list_of(event, now.utc);
  if (is_status) listed_at_ = now.steady;
  if (is_status && step_ == Step::joining) {
    step_ = Step::live;
    if (!std::exchange(renewing_, false)) live_since_ = now.steady;
    failed_hosts_ = 0;
    answer_by_.reset();
    problem_.reset();
  }
  // Before AllExtensionsStatus has come, an older event may still follow, so the list is not
  // complete.
  list.complete = list.complete && step_ == Step::live && !is_doubtful;
  lists_.push_back(std::move(list));
}

void RealtimeFeed::lost(std::optional<Error> problem, int least_wait_ms, Moment now) {
  const bool was_live = step_ == Step::live || renewing_;
  const bool lasted = was_live && now.steady - live_since_ >= milliseconds(kLasting_ms);
  if (lasted) wait_ms_ = kFirstReconnect_ms;
  if (connection_) {
    ++host_;
    ++failed_hosts_;
  }
  step_ = Step::waiting;
  connection_.reset();
  answer_by_.reset();
  refreshing_ = renewing_ = in_doubt_ = false;
  server_time_s_.reset();
  problem_ = std::move(problem);
  actions_.emplace_back(telephony::FeedClose{});
  const auto most_ms = static_cast<std::uint64_t>(wait_ms_);
  const int jittered_ms = static_cast<int>(random_() % (most_ms + 1));
  retry_at_ = now.steady + milliseconds(std::max(jittered_ms, least_wait_ms));
  wait_ms_ = std::min(wait_ms_ * 2, kLongestReconnect_ms);
}

void RealtimeFeed::give_up(Error problem) {
  step_ = Step::given_up;
  connection_.reset();
  answer_by_.reset();
  renewing_ = in_doubt_ = false;
  login_ = {};
  lists_.clear();
  problem_ = std::move(problem);
  actions_.emplace_back(telephony::FeedClose{});
}

}  // namespace cardmute::voicenter
