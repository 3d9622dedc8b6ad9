// See list_calls.hpp.
#include "cli/list_calls.hpp"

#include <string>
#include <utility>

#include "cli/configuration.hpp"

namespace cardmute::cli {

namespace {

// A server may repeat what it was sent; the code is not shown even then.
std::string without(const std::string& secret, std::string text) {
  for (auto at = text.find(secret); at != std::string::npos; at = text.find(secret, at)) {
    text.replace(at, secret.size(), "…");
    at += std::string("…").size();
  }
  return text;
}

}  // namespace

Listing list_calls(const Context& context, const config::Config& config) {
  Listing listing;
  const auto code = config::code_of(*config.voicenter.active_calls);
  if (!code) {
    listing.answer.error = ErrorCode::config_invalid;
    listing.answer.reason =
        "The file of voicenter.active_calls.code holds no code. Write the organisation's code "
        "into it, one line.";
    return listing;
  }
  const http::Result result =
      context.perform(http_settings(config),
                      voicenter::build_active_calls_request(config.voicenter.active_calls->url,
                                                            *code, config.voicenter.extension),
                      config.voicenter.timeout_ms);
  listing.answer = voicenter::interpret_active_calls(result, config.voicenter.extension);
  listing.answer.reason = without(*code, std::move(listing.answer.reason));
  listing.latency_ms = result.latency_ms;
  return listing;
}

}  // namespace cardmute::cli
