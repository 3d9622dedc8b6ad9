#include "agent/provider.hpp"

#include <utility>

namespace cardmute::agent {

namespace {

using Clock = std::chrono::steady_clock;

}  // namespace

void Provider::configure(const config::Config* config) {
  account_ = config != nullptr ? config->account : nullptr;
  // The old account's requests end with the old client, and requests that are still being made are
  // never sent.
  const Error changed{ErrorCode::unreachable, "The configuration changed during the request."};
  for (const auto& [attempt, making] : std::exchange(being_made_, {})) not_listed(attempt, changed);
  if (checked_) not_listed(checked_->first, changed);
  make_client(account_ ? http_settings(*account_) : http::Settings{});
}

void Provider::make_client(const http::Settings& settings) {
  const std::scoped_lock lock(wake_mutex_);
  client_ = std::make_unique<http::Client>(settings);
  // Another thread may have woken the old client meanwhile, so the new one is woken.
  client_->wake();
}

void Provider::watch(const std::vector<http::Watched*>& watched) {
  for (http::Watched* each : watched) client_->watch(*each);
}

void Provider::warm_up() { client_->keep_warm(account_->server_url()); }

void Provider::start(const engine::Send& send) {
  client_->start(send.attempt, account_->mute_request(send.target, send.command), send.timeout_ms);
  in_flight_.emplace(send.attempt, send);
}

void Provider::start(const engine::RequestCalls& ask) { request_calls(account_, ask); }

void Provider::check(std::shared_ptr<const telephony::Account> account, engine::Attempt attempt) {
  // Without a valid configuration there is no client yet that uses this account's proxy and CA.
  if (!account_) make_client(http_settings(*account));
  checked_ = {attempt, account};
  const int timeout_ms = account->settings.timeout_ms;
  request_calls(std::move(account), {attempt, timeout_ms});
}

// The request is made on another thread, because it may need a secret from a file, whose disk may
// be slow.
void Provider::request_calls(std::shared_ptr<const telephony::Account> account,
                             const engine::RequestCalls& ask) {
  const std::uint64_t number = ++makings_;
  being_made_[ask.attempt] = {Clock::now() + std::chrono::milliseconds(ask.timeout_ms), number};
  if (files_.busy()) return;  // an earlier request waits for its file, and so would this one
  files_.run([this, ask, number, account = std::move(account)]() -> FileThread::Delivery {
    const auto made = std::make_shared<Made>(account->calls_request());
    return [this, ask, number, made] { send(ask, number, *made); };
  });
}

void Provider::start(const engine::Cancel& cancel) {
  being_made_.erase(cancel.attempt);
  client_->cancel(cancel.attempt);
}

void Provider::not_listed(engine::Attempt attempt, Error error) {
  if (checked_ && checked_->first == attempt) checked_.reset();
  engine::CallList none;
  none.error = std::move(error);
  at_once_.emplace_back(CallsListed{attempt, {std::move(none)}});
}

void Provider::send(const engine::RequestCalls& ask, std::uint64_t number, Made& made) {
  const auto making = being_made_.find(ask.attempt);
  const bool wanted = making != being_made_.end() && making->second.number == number;
  if (wanted) being_made_.erase(making);
  if (!wanted) return;
  if (Error* error = made.error()) {
    not_listed(ask.attempt, std::move(*error));
  } else {
    client_->start(ask.attempt, *made.request(), ask.timeout_ms);
  }
}

void Provider::fail_late_requests() {
  const auto now = Clock::now();
  std::erase_if(being_made_, [&](const auto& each) {
    if (each.second.late_at > now) return false;
    not_listed(each.first, {ErrorCode::timeout, "A file that the request needs does not answer."});
    return true;
  });
}

std::vector<ProviderResult> Provider::wait(int timeout_ms) {
  files_.deliver();
  fail_late_requests();
  std::vector<ProviderResult> landed = std::exchange(at_once_, {});
  for (const auto& completed : client_->wait(landed.empty() ? timeout_ms : 0)) {
    landed.push_back(interpret(completed));
  }
  return landed;
}

ProviderResult Provider::interpret(const http::Completed& completed) {
  if (const auto sent = in_flight_.extract(completed.token)) {
    return MuteFinished{sent.mapped(), account_->read_mute_answer(completed.result)};
  }
  const bool is_check = checked_ && checked_->first == completed.token;
  const auto account = is_check ? std::exchange(checked_, std::nullopt)->second : account_;
  auto calls = account->read_calls(completed.result, {});
  // The server's own text is dropped, because it may repeat a secret from the request.
  if (auto& error = calls.list.error) {
    error->message = "The list of active calls could not be had (" +
                     std::string(name_of(error->code)) + "). cardmute-host doctor says more.";
  }
  return CallsListed{completed.token, std::move(calls)};
}

void Provider::wake() {
  const std::scoped_lock lock(wake_mutex_);
  if (client_) client_->wake();
}

}  // namespace cardmute::agent
