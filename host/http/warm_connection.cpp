#include "http/warm_connection.hpp"

#include <algorithm>
#include <utility>

namespace cardmute::http {

namespace {

using std::chrono::milliseconds;

// The time between two attempts to open the connection. It doubles, up to kMaxSpacing, after each
// attempt that fails and each connection that was open only briefly. A connection that lasted
// resets it.
constexpr milliseconds kMinSpacing{1'000};
constexpr milliseconds kMaxSpacing{30'000};
// A connection that was open for less than this counts as open only briefly.
constexpr milliseconds kLasting{10'000};
// Timeout for opening the connection.
constexpr int kOpening_ms = 10'000;

}  // namespace

WarmConnection::WarmConnection(CURLM* multi, const Settings& settings,
                               std::chrono::milliseconds kept)
    : multi_(multi), head_(settings), kept_(kept), spacing_(kMinSpacing) {}

WarmConnection::~WarmConnection() { leave_multi(); }

void WarmConnection::keep(const std::string& url, Clock::time_point now) {
  const std::optional<url::Origin> origin = url::origin_of(url);
  const std::string text = origin ? origin->text() : "";
  used(now);
  if (text == origin_) return;
  origin_ = text;
  multiplexes_ = false;
  spacing_ = kMinSpacing;
  leave_multi();
  if (!origin_.empty()) open(now);
}

void WarmConnection::used(Clock::time_point now) {
  used_at_ = now;
  if (std::exchange(let_go_, false) && !origin_.empty()) due_ = now;
}

void WarmConnection::keep_for(std::chrono::milliseconds kept, bool in_use, Clock::time_point now) {
  kept_ = kept;
  if (in_use) used(now);
}

bool WarmConnection::is_unused(Clock::time_point now) const {
  return !origin_.empty() && !let_go_ && now - used_at_ >= kept_;
}

void WarmConnection::let_go() {
  leave_multi();
  let_go_ = true;
}

std::optional<WarmConnection::Clock::time_point> WarmConnection::due() const {
  if (origin_.empty() || let_go_) return due_;
  return std::min(due_.value_or(used_at_ + kept_), used_at_ + kept_);
}

void WarmConnection::open(Clock::time_point now) {
  leave_multi();
  due_.reset();
  begun_ = now;
  Request request;
  request.method = "HEAD";
  request.url = origin_ + "/";
  // the URL is not allowed, so a retry is useless
  if (head_.prepare(0, request, kOpening_ms, false)) return;
  in_multi_ = opening_ = curl_multi_add_handle(multi_, head_.easy()) == CURLM_OK;
  if (!in_multi_) plan(true, now);
}

void WarmConnection::opened(CURLcode code, Clock::time_point now) {
  // The handle stays in the multi handle, since only there libcurl reports the socket of its
  // connection.
  opening_ = false;
  if (code == CURLE_OK) multiplexes_ = head_.multiplexed();
  if (head_.open_socket() == CURL_SOCKET_BAD) plan(code != CURLE_OK, now);
}

curl_socket_t WarmConnection::idle_socket() {
  if (!in_multi_ || opening_ || due_) return CURL_SOCKET_BAD;
  const curl_socket_t socket = head_.open_socket();
  if (socket == CURL_SOCKET_BAD) plan(false, Clock::now());
  return socket;
}

void WarmConnection::idle_socket_stirred(Clock::time_point now) { plan(false, now); }

bool WarmConnection::renew_if_due(Clock::time_point now) {
  if (!due_ || *due_ > now) return false;
  open(now);
  return true;
}

void WarmConnection::plan(bool failed, Clock::time_point now) {
  const bool lasted = !failed && now - begun_ >= kLasting;
  due_ = begun_ + (lasted ? kMinSpacing : spacing_);
  spacing_ = lasted ? kMinSpacing : std::min(spacing_ * 2, kMaxSpacing);
}

void WarmConnection::join_multi(CURLM* multi, Clock::time_point now) {
  multi_ = multi;
  if (!origin_.empty() && !let_go_) plan(true, now);
}

void WarmConnection::leave_multi() {
  if (in_multi_) curl_multi_remove_handle(multi_, head_.easy());
  in_multi_ = opening_ = false;
  due_.reset();
}

}  // namespace cardmute::http
