#include "voicenter/account.hpp"

#include <utility>

#include "voicenter/active_calls.hpp"
#include "voicenter/names.hpp"
#include "voicenter/realtime_feed.hpp"
#include "voicenter/secret_file.hpp"

namespace cardmute::voicenter {

using engine::Command;

Account::Account() : telephony::Account(kNames) {}

std::shared_ptr<telephony::Account> Account::copy() const {
  return std::make_shared<Account>(*this);
}

std::vector<telephony::NamedFile> Account::named_files() const {
  auto files = telephony::Account::named_files();
  const auto add = [&](const char* name, const std::string& value, const std::string& file) {
    if (!value.empty() || !file.empty()) files.push_back({key(name), file, true});
  };
  if (active_calls) add("active_calls.code", active_calls->code, active_calls->code_file);
  if (realtime) {
    add("realtime.pin", realtime->pin, realtime->pin_file);
    add("realtime.token", realtime->token, realtime->token_file);
  }
  return files;
}

http::Request Account::mute_request(const engine::Target& target, Command command) const {
  return build_request(mute_api, target, command);
}

engine::Outcome Account::read_mute_answer(const http::Result& result) const {
  return interpret(result);
}

std::string Account::calls_url() const { return active_calls ? active_calls->url : ""; }

std::variant<telephony::CallsRequest, Error> Account::calls_request() const {
  auto code = secret_of(active_calls->code, active_calls->code_file);
  if (code.empty()) {
    return Error{ErrorCode::config_invalid,
                 "The file of voicenter.active_calls.code holds no code. Write the organisation's "
                 "code into it, one line."};
  }
  auto request = build_active_calls_request(active_calls->url, code.value(), settings.extension);
  return telephony::CallsRequest{std::move(request), std::move(code)};
}

telephony::ListedCalls Account::read_calls(const http::Result& result,
                                           std::string_view secret) const {
  const auto answer = interpret_active_calls(result, settings.extension, secret);
  return {call_list_of(answer), answer.agent};
}

std::unique_ptr<telephony::Feed> Account::make_feed(std::uint64_t seed) const {
  if (!realtime) return nullptr;
  return std::make_unique<RealtimeFeed>(*realtime, settings.extension, settings.timeout_ms, seed);
}

std::string Account::words_of(Command command) const {
  return "state \"" + state_of(mute_api, command) + "\"";
}

std::string Account::remedy_if_reversed() const {
  return "set voicenter.mute_state to \"" + state_of(mute_api, Command::unmute) +
         "\" in the configuration";
}

}  // namespace cardmute::voicenter
