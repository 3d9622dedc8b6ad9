// The check of Active Calls; see check.hpp.
#include <string>
#include <vector>

#include "cli/check.hpp"
#include "cli/configuration.hpp"
#include "protocol/rounded.hpp"
#include "voicenter/active_calls.hpp"

namespace cardmute::cli {

namespace {

constexpr const char* kName = "Active Calls";

// A server may repeat what it was sent; the code is not shown even then.
std::string without(const std::string& secret, std::string text) {
  for (auto at = text.find(secret); at != std::string::npos; at = text.find(secret, at)) {
    text.replace(at, secret.size(), "…");
    at += std::string("…").size();
  }
  return text;
}

}  // namespace

std::vector<Check> check_active_calls(const Context& context, const config::Config& config) {
  const auto& active_calls = config.voicenter.active_calls;
  if (!active_calls) {
    return {noted(kName, "not configured, so it cannot be known whether a call really is muted")};
  }
  const auto code = config::code_of(*active_calls);
  if (!code) {
    return {failed(kName, ErrorCode::config_invalid,
                   "the file of voicenter.active_calls.code holds no code",
                   "write the organisation's code into it, one line")};
  }
  const http::Result result = context.perform(
      http_settings(config),
      voicenter::build_active_calls_request(active_calls->url, *code, config.voicenter.extension),
      config.voicenter.timeout_ms);
  const auto answer = voicenter::interpret_active_calls(result, config.voicenter.extension);
  if (answer.error) {
    return {failed(kName, *answer.error, "no list of the extension's calls",
                   without(*code, answer.reason))};
  }
  return {passed(kName, "answered (ERR 0) after " + std::to_string(rounded(result.latency_ms)) +
                            " ms; calls now: " + std::to_string(answer.calls.size()))};
}

}  // namespace cardmute::cli
