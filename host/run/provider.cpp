// See provider.hpp.
#include "run/provider.hpp"

#include <utility>

#include "config/load.hpp"
#include "voicenter/active_calls.hpp"

namespace cardmute::run {

namespace {

using voicenter::Target;

Target target_of(const protocol::Target& target) {
  return {target.by == "ivrid" ? Target::By::ivrid : Target::By::extension, target.value};
}

}  // namespace

void Provider::configure(const config::Config* config) {
  const http::Settings settings =
      config != nullptr ? http::Settings{config->voicenter.ca_file, config->voicenter.proxy}
                        : http::Settings{};
  {
    const std::scoped_lock lock(wake_mutex_);
    client_ = std::make_unique<http::Client>(settings);
    // A frame that came in between woke the old one.
    client_->wake();
  }
  if (config == nullptr) return;
  const auto& voicenter = config->voicenter;
  api_ = {voicenter.mute_url, voicenter.post, voicenter.mute_state};
  extension_ = voicenter.extension;
  active_calls_ = voicenter.active_calls;
}

void Provider::warm_up() { client_->keep_warm(api_.url); }

void Provider::carry(const engine::Send& send) {
  client_->start(send.attempt, voicenter::build_request(api_, target_of(send.target), send.command),
                 send.timeout_ms);
  in_flight_.emplace(send.attempt, send);
}

void Provider::carry(const engine::Ask& ask) {
  const auto code = active_calls_ ? config::code_of(*active_calls_) : std::nullopt;
  if (!code) {
    engine::CallList none;
    none.error = protocol::Error{ErrorCode::config_invalid,
                                 "The file of voicenter.active_calls.code holds no code."};
    at_once_.emplace_back(CallsListed{ask.attempt, none});
    return;
  }
  client_->start(ask.attempt,
                 voicenter::build_active_calls_request(active_calls_->url, *code, extension_),
                 ask.timeout_ms);
}

std::vector<Landed> Provider::wait(int timeout_ms) {
  std::vector<Landed> landed = std::exchange(at_once_, {});
  for (const auto& completed : client_->wait(landed.empty() ? timeout_ms : 0)) {
    landed.push_back(interpret(completed));
  }
  return landed;
}

Landed Provider::interpret(const http::Completed& completed) {
  if (const auto sent = in_flight_.extract(completed.token)) {
    return MuteLanded{sent.mapped(), voicenter::interpret(completed.result)};
  }
  auto answer = voicenter::interpret_active_calls(completed.result, extension_);
  // What the server says of itself stays here: it might repeat the organisation's code.
  if (answer.error) {
    answer.reason = "The list of active calls could not be had (" +
                    std::string(name_of(*answer.error)) + "). cardmute-host doctor says more.";
  }
  return CallsListed{completed.token, voicenter::call_list_of(answer)};
}

void Provider::wake() {
  const std::scoped_lock lock(wake_mutex_);
  if (client_) client_->wake();
}

}  // namespace cardmute::run
