// Checks of the way to Voicenter; see check.hpp. They open no sockets of their own: how far one
// request got says which step failed, on the same way that mutes will take.
#include <string>
#include <utility>
#include <vector>

#include "cli/check.hpp"
#include "cli/configuration.hpp"
#include "http/url.hpp"
#include "platform/paths.hpp"
#include "protocol/rounded.hpp"
#include "voicenter/mute_api.hpp"

namespace cardmute::cli {

namespace {

enum class Step { name_found, connected, secured, answered, all_done };

struct Stage {
  Step step;
  const char* name;
  const char* passed;  // what is said of it when the request got further
};

constexpr std::array<Stage, 4> kStages{{
    {Step::name_found, "DNS", "the name has an address"},
    {Step::connected, "TCP", "a connection was made"},
    {Step::secured, "TLS", "the certificate is trusted"},
    {Step::answered, "round trip", "an answer came"},
}};

// The step that failed.
Step failed_step(const http::Result& result) {
  switch (result.failure) {
    case http::Failure::none:
      return Step::all_done;
    case http::Failure::resolve:
      return Step::name_found;
    case http::Failure::connect:
      return Step::connected;
    case http::Failure::tls:
      return Step::secured;
    default:
      return result.sent ? Step::answered : Step::connected;
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
  if (!config.voicenter.proxy.empty()) {
    return without_user(config.voicenter.proxy) + ", from voicenter.proxy";
  }
  if (http::is_loopback_host(origin.host)) {
    return "none, the server is this computer";
  }
  for (const char* name : {"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"}) {
    if (const auto proxy = platform::environment(name)) {
      return without_user(*proxy) + ", from " + name + " (unless NO_PROXY says otherwise)";
    }
  }
  return "none";
}

Check check_stage(const Stage& stage, const http::Origin& origin, const http::Result& result) {
  const Step stopped = failed_step(result);
  if (stage.step == Step::secured && !origin.secure && stopped != Step::secured) {
    return noted(stage.name, "not used: plain http to this computer");
  }
  // Nothing came back in time: which of the earlier steps it was stuck in cannot be known.
  if (stage.step < stopped && result.failure == http::Failure::timeout && !result.sent) {
    return noted(stage.name, "not known, because nothing came back in time");
  }
  if (stage.step > stopped) {
    return noted(stage.name, "not tried, because of the problem above");
  }
  if (stage.step == stopped) {
    const auto outcome = voicenter::interpret(result);
    return failed(stage.name, outcome.error.value_or(ErrorCode::unreachable),
                  "failed for " + origin.text(), outcome.reason);
  }
  if (stage.step == Step::answered) {
    return passed(stage.name, std::to_string(rounded(result.latency_ms)) +
                                  " ms, connecting included (HTTP " +
                                  std::to_string(result.status) + ")");
  }
  return passed(stage.name, stage.passed);
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
  for (const Stage& stage : kStages) {
    checks.push_back(check_stage(stage, *origin, result));
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
