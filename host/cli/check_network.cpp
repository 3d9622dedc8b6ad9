// Checks of the way to Voicenter; see check.hpp. They open no sockets of their own: how far one
// request got says which step failed, on the same way that mutes will take.
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "cli/check.hpp"
#include "cli/configuration.hpp"
#include "http/url.hpp"
#include "platform/paths.hpp"
#include "voicenter/mute_api.hpp"

namespace cardmute::cli {

namespace {

enum Step { name_found, connected, secured, answered, all_done };

// The step that failed.
Step failed_step(const http::Result& result) {
  switch (result.failure) {
    case http::Failure::none:
      return all_done;
    case http::Failure::resolve:
      return name_found;
    case http::Failure::connect:
      return connected;
    case http::Failure::tls:
      return secured;
    default:
      return result.sent ? answered : connected;
  }
}

// Without the user name and password that it may hold.
std::string without_user(const std::string& proxy) {
  const auto scheme = proxy.find("://");
  const auto at = proxy.rfind('@');
  if (scheme == std::string::npos || at == std::string::npos) {
    return proxy;
  }
  return proxy.substr(0, scheme + 3) + proxy.substr(at + 1);
}

// Which proxy is used for `origin`, as libcurl chooses it.
std::string proxy_in_words(const config::Config& config, const http::Origin& origin) {
  if (http::is_loopback_host(origin.host)) {
    return "none, the server is this computer";
  }
  if (!config.voicenter.proxy.empty()) {
    return without_user(config.voicenter.proxy) + ", from voicenter.proxy";
  }
  for (const char* name : {"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"}) {
    if (const auto proxy = platform::environment(name)) {
      return without_user(*proxy) + ", from " + name + " (unless NO_PROXY says otherwise)";
    }
  }
  return "none";
}

Check check_step(Step step, const http::Origin& origin, const http::Result& result) {
  static constexpr const char* kNames[] = {"DNS", "TCP", "TLS", "round trip"};
  static constexpr const char* kPassed[] = {"the name has an address", "a connection was made",
                                            "the certificate is trusted", ""};
  const Step stopped = failed_step(result);
  if (step == secured && !origin.secure && stopped != secured) {
    return noted(kNames[step], "not used: plain http to this computer");
  }
  // Nothing came back in time: which of the earlier steps it was stuck in cannot be known.
  if (step < stopped && result.failure == http::Failure::timeout && !result.sent) {
    return noted(kNames[step], "not known, because nothing came back in time");
  }
  if (step > stopped) {
    return noted(kNames[step], "not tried, because of the problem above");
  }
  if (step == stopped) {
    const auto outcome = voicenter::interpret(result);
    return failed(kNames[step], outcome.error.value_or(ErrorCode::unreachable),
                  "failed for " + origin.text(), outcome.reason);
  }
  if (step == answered) {
    return passed(kNames[step], std::to_string(std::lround(result.latency_ms)) +
                                    " ms, connecting included (HTTP " +
                                    std::to_string(result.status) + ")");
  }
  return passed(kNames[step], kPassed[step]);
}

}  // namespace

std::vector<Check> check_network(const Context& context, const config::Config& config) {
  const auto origin = http::origin_of(config.voicenter.mute_url);
  if (!origin) {
    return {failed("server", ErrorCode::config_invalid, "voicenter.mute_url names no server",
                   "correct it")};
  }
  const http::Result result = context.perform(
      http_settings(config), {"HEAD", origin->text() + "/", ""}, config.voicenter.timeout_ms);
  std::vector<Check> checks{passed("server", origin->text()),
                            passed("proxy", proxy_in_words(config, *origin))};
  for (const Step step : {name_found, connected, secured, answered}) {
    checks.push_back(check_step(step, *origin, result));
  }
  constexpr int kForbidden = 403;
  if (result.status == kForbidden) {
    checks.push_back(noted("access",
                           "the server answered HTTP 403; if mutes are refused as well, ask "
                           "Voicenter to allow this network's IP address"));
  }
  return checks;
}

}  // namespace cardmute::cli
