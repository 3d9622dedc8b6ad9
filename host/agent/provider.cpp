// See provider.hpp.
#include "agent/provider.hpp"

#include <utility>

#include "platform/secret.hpp"

namespace cardmute::agent {

void Provider::configure(const config::Config* config) {
  account_ = config != nullptr ? config->account : nullptr;
  const http::Settings settings =
      account_ ? http::Settings{account_->settings.ca_file, account_->settings.proxy}
               : http::Settings{};
  const std::scoped_lock lock(wake_mutex_);
  client_ = std::make_unique<http::Client>(settings);
  // A frame may have arrived meanwhile and woken the old client.
  client_->wake();
}

void Provider::warm_up() { client_->keep_warm(account_->server_url()); }

void Provider::start(const engine::Send& send) {
  client_->start(send.attempt, account_->mute_request(send.target, send.command), send.timeout_ms);
  in_flight_.emplace(send.attempt, send);
}

void Provider::start(const engine::RequestCalls& ask) {
  auto made = account_->calls_request();
  if (auto* error = std::get_if<Error>(&made)) {
    engine::CallList none;
    none.error = std::move(*error);
    at_once_.emplace_back(CallsListed{ask.attempt, {std::move(none)}});
    return;
  }
  http::Request& request = std::get<telephony::CallsRequest>(made).request;
  client_->start(ask.attempt, request, ask.timeout_ms);
  platform::wipe(request.body);
}

std::vector<ProviderResult> Provider::wait(int timeout_ms) {
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
  auto calls = account_->read_calls(completed.result);
  // The server's own text is dropped, because it might repeat a secret from the request.
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
