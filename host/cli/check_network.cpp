// Checks of the connection to the telephone provider; see check.hpp. One request is sent in the
// same way as mutes, and its result tells which step failed.
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "base/rounded.hpp"
#include "base/url.hpp"
#include "cli/check.hpp"
#include "cli/configuration.hpp"
#include "http/proxy.hpp"
#include "http/system_proxy.hpp"
#include "platform/paths.hpp"
#include "telephony/failure_text.hpp"

namespace cardmute::cli {

namespace {

enum class Step { name_found, connected, secured, answered, all_done };

struct Stage {
  Step step;
  const char* name;
  const char* passed;  // the result's text if this step succeeded
};

constexpr std::array<Stage, 4> kStages{{
    {Step::name_found, "DNS", "the name has an address"},
    {Step::connected, "TCP", "a connection was made"},
    {Step::secured, "TLS", "the certificate is trusted"},
    {Step::answered, "round trip", "an answer came"},
}};

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

// Says which proxy requests to `origin` use, and where it is configured. `result` is that of a
// request to `origin`.
Check check_proxy(const telephony::Account& account, const url::Origin& origin,
                  const http::Result& result) {
  constexpr const char* kName = "proxy";
  if (!account.settings.proxy.empty()) {
    return passed(kName,
                  http::proxy_in_words(account.settings.proxy) + ", from " + account.key("proxy"));
  }
  if (url::is_loopback_host(origin.host)) return passed(kName, "none, the server is this computer");
  const auto name = http::proxy_variable(origin);
  if (!name) {
    const auto system = http::system_proxy(origin);
    if (!system) return passed(kName, "none");
    return passed(kName, http::proxy_in_words(system->url) + ", from the system's settings" +
                             (system->automatic ? " (by a PAC file)" : ""));
  }
  const std::string value = platform::environment(name->c_str()).value_or("");
  const std::string text =
      http::proxy_in_words(value) + ", from " + *name + " (unless NO_PROXY says otherwise)";
  if (!http::flaw_of_proxy(value)) return passed(kName, text);
  const std::string remedy =
      "correct " + *name + " in the environment, or name the proxy in " + account.key("proxy");
  // If the request was sent nevertheless, NO_PROXY exempts the server.
  return result.sent ? warned(kName, text, remedy)
                     : failed(kName, ErrorCode::unreachable, text, remedy);
}

Check check_stage(const Stage& stage, const telephony::Account& account, const url::Origin& origin,
                  const http::Result& result) {
  const Step stopped = failed_step(result);
  if (stage.step == Step::secured && !origin.secure && stopped != Step::secured) {
    return noted(stage.name, "not used: plain http to this computer");
  }
  // A timeout does not tell in which step the request was stuck.
  if (stage.step < stopped && result.failure == http::Failure::timeout && !result.sent) {
    return noted(stage.name, "not known, because nothing came back in time");
  }
  if (stage.step > stopped) {
    return noted(stage.name, "not tried, because of the problem above");
  }
  if (stage.step == stopped) {
    const auto outcome = account.read_mute_answer(result);
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
  const telephony::Account& account = *config.account;
  const auto origin = url::origin_of(account.server_url());
  if (!origin) {
    return {failed("server", ErrorCode::config_invalid,
                   std::string(account.names().url_key) + " does not name a server", "correct it")};
  }
  const http::Result result = context.perform(
      http_settings(account), {"HEAD", origin->text() + "/", ""}, account.settings.timeout_ms);
  std::vector<Check> checks{passed("server", origin->text()),
                            check_proxy(account, *origin, result)};
  for (const Stage& stage : kStages) {
    checks.push_back(check_stage(stage, account, *origin, result));
  }
  if (result.status == telephony::kForbidden) {
    checks.push_back(
        noted("access", "the server answered HTTP 403; if mutes are refused as well, ask " +
                            account.provider() + " to allow this network's IP address"));
  }
  return checks;
}

}  // namespace cardmute::cli
