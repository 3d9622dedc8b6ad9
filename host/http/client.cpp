#include "http/client.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <mutex>
#include <stdexcept>
#include <utility>

#include "http/curl_handles.hpp"
#include "http/transfer.hpp"
#include "http/warm_connection.hpp"
#include "http/watched.hpp"

namespace cardmute::http {

namespace {

using Clock = std::chrono::steady_clock;

// The most idle connections that are kept. Usually there is one. A mute that is sent while
// keep_warm()'s HEAD has no answer yet opens a second connection.
constexpr long kMaxIdle_connections = 4;

Multi make_multi() {
  start_curl();
  Multi multi(curl_multi_init());
  if (!multi) throw std::runtime_error("libcurl created no handle");
  curl_multi_setopt(multi.get(), CURLMOPT_MAXCONNECTS, kMaxIdle_connections);
  return multi;
}

void check(CURLMcode code, const char* what) {
  if (code != CURLM_OK) {
    throw std::runtime_error(std::string(what) + ": " + curl_multi_strerror(code));
  }
}

int ms_until(Clock::time_point when) {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(when - Clock::now());
  return static_cast<int>(std::max<std::int64_t>(left.count(), 0));
}

}  // namespace

struct Client::Impl {
  explicit Impl(Settings s)
      : settings(std::move(s)),
        multi(make_multi()),
        warm(multi.get(), settings, std::chrono::milliseconds(settings.kept_warm_ms)) {}
  ~Impl() {
    for (const auto& transfer : active) curl_multi_remove_handle(multi.get(), transfer->easy());
  }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  // Lets libcurl do everything that is possible without waiting.
  void drive() {
    int running = 0;
    check(curl_multi_perform(multi.get(), &running), "curl_multi_perform");
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi.get(), &left)) {
      if (message->msg == CURLMSG_DONE) ended(message->easy_handle, message->data.result);
    }
    drop_distrusted();
  }

  void ended(CURL* easy, CURLcode code) {
    const auto found =
        std::ranges::find(active, easy, [](const auto& transfer) { return transfer->easy(); });
    if (found == active.end()) {
      if (code == CURLE_OPERATION_TIMEDOUT) distrusted = true;
      warm.opened(code, Clock::now());
      return;
    }
    retire(found, (*found)->finish(code));
  }

  void retire(std::vector<std::unique_ptr<Transfer>>::iterator transfer, Result result) {
    if (result.failure == Failure::timeout && result.sent) distrusted = true;
    completed.push_back({(*transfer)->token(), std::move(result)});
    curl_multi_remove_handle(multi.get(), (*transfer)->easy());
    idle.push_back(std::move(*transfer));
    active.erase(transfer);
  }

  // Closes all connections after a request has timed out or been cancelled, once no request is in
  // flight: the connection may be dead, for example after the laptop slept. With HTTP/2, libcurl
  // would use it for all later requests.
  void drop_distrusted() {
    if (!distrusted || !active.empty()) return;
    distrusted = false;
    close_connections();
  }

  void let_go_if_unused() {
    if (!active.empty() || !warm.is_unused(Clock::now())) return;
    warm.let_go();
    close_connections();
  }

  void close_connections() {
    warm.leave_multi();
    {
      const std::scoped_lock lock(multi_mutex);
      multi = make_multi();
    }
    warm.join_multi(multi.get(), Clock::now());
  }

  std::unique_ptr<Transfer> take_idle() {
    if (idle.empty()) return std::make_unique<Transfer>(settings);
    auto transfer = std::move(idle.back());
    idle.pop_back();
    return transfer;
  }

  void refuse(std::uint64_t token, std::string why) {
    Result result;
    result.failure = Failure::other;
    result.failure_text = std::move(why);
    completed.push_back({token, std::move(result)});
  }

  // Sleeps until libcurl, the idle connection or a watched object has work, wake() is called or
  // `until` is reached.
  void sleep(Clock::time_point until) {
    const bool quiet = active.empty();
    const curl_socket_t idle_socket = quiet ? warm.idle_socket() : CURL_SOCKET_BAD;
    const bool watches_idle = idle_socket != CURL_SOCKET_BAD;
    sockets.clear();
    if (watches_idle) sockets.push_back({idle_socket, CURL_WAIT_POLLIN, 0});
    for (Watched* each : watched) {
      if (const auto due = each->watch(sockets)) until = std::min(until, *due);
    }
    if (quiet && warm.due()) until = std::min(until, *warm.due());
    const auto count = static_cast<unsigned>(sockets.size());
    check(curl_multi_poll(multi.get(), sockets.data(), count, ms_until(until), nullptr),
          "curl_multi_poll");
    if (watches_idle && sockets.front().revents != 0) warm.idle_socket_stirred(Clock::now());
  }

  // Lets each watched object work. Returns whether one of them has something for its owner.
  bool drive_watched() {
    bool ready = false;
    for (Watched* each : watched) ready = each->drive() || ready;
    return ready;
  }

  Settings settings;
  std::atomic<bool> woken = false;
  bool distrusted = false;
  bool watched_ended_wait = false;
  std::vector<Watched*> watched;
  std::vector<curl_waitfd> sockets;  // used only by sleep(); a member so that its memory is reused
  std::vector<Completed> completed;
  std::mutex multi_mutex;  // guards `multi` against wake() on another thread
  Multi multi;             // declared before its users, so that it is destroyed after them
  std::vector<std::unique_ptr<Transfer>> active;
  std::vector<std::unique_ptr<Transfer>> idle;
  WarmConnection warm;
};

Client::Client(Settings settings) : impl_(std::make_unique<Impl>(std::move(settings))) {}

Client::~Client() = default;

void Client::keep_warm(const std::string& url) {
  impl_->warm.keep(url, Clock::now());
  impl_->drive();
}

void Client::set_call_activity(CallActivity activity) {
  const auto& settings = impl_->settings;
  const int kept_ms =
      activity == CallActivity::idle ? settings.kept_idle_ms : settings.kept_warm_ms;
  impl_->warm.keep_for(std::chrono::milliseconds(kept_ms), activity == CallActivity::busy,
                       Clock::now());
}

void Client::start(std::uint64_t token, const Request& request, int timeout_ms) {
  if (impl_->active.size() >= kMaxInFlight_requests) {
    impl_->refuse(token, "Too many requests at once: at most " +
                             std::to_string(kMaxInFlight_requests) + " may be in flight");
    return;
  }
  auto transfer = impl_->take_idle();
  if (auto why = transfer->prepare(token, request, timeout_ms, impl_->warm.multiplexes())) {
    impl_->refuse(token, std::move(*why));
    impl_->idle.push_back(std::move(transfer));
    return;
  }
  impl_->warm.used(Clock::now());
  check(curl_multi_add_handle(impl_->multi.get(), transfer->easy()), "curl_multi_add_handle");
  impl_->active.push_back(std::move(transfer));
  impl_->drive();  // on a warm connection this writes the request now, not in the next wait()
}

void Client::cancel(std::uint64_t token) {
  const auto found = std::ranges::find(impl_->active, token,
                                       [](const auto& transfer) { return transfer->token(); });
  if (found == impl_->active.end()) return;
  impl_->retire(found, (*found)->abandon());
  impl_->drop_distrusted();
}

void Client::watch(Watched& watched) { impl_->watched.push_back(&watched); }

std::vector<Completed> Client::wait(int timeout_ms) {
  const Clock::time_point deadline = Clock::now() + std::chrono::milliseconds(timeout_ms);
  impl_->watched_ended_wait = false;
  while (impl_->completed.empty() && !impl_->woken.exchange(false)) {
    impl_->let_go_if_unused();
    if (impl_->active.empty() && impl_->warm.renew_if_due(Clock::now())) impl_->drive();
    impl_->sleep(deadline);
    impl_->drive();
    impl_->watched_ended_wait = impl_->drive_watched();
    if (impl_->watched_ended_wait || Clock::now() >= deadline) break;
  }
  return std::exchange(impl_->completed, {});
}

bool Client::watched_ended_wait() const { return impl_->watched_ended_wait; }

void Client::wake() {
  // Set before the lock is taken, because the loop's thread checks `woken` before it sleeps on a
  // new `multi`.
  impl_->woken = true;
  const std::scoped_lock lock(impl_->multi_mutex);
  curl_multi_wakeup(impl_->multi.get());
}

Result perform(const Settings& settings, const Request& request, int timeout_ms) {
  Client client(settings);
  client.start(0, request, timeout_ms);
  while (true) {
    for (Completed& completed : client.wait(timeout_ms)) return std::move(completed.result);
  }
}

}  // namespace cardmute::http
