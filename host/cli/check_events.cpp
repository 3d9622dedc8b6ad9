#include <cstdlib>
#include <string>
#include <vector>

#include "base/rounded.hpp"
#include "cli/check.hpp"

namespace cardmute::cli {

namespace {

// A difference of up to this much may come from the network, or from the provider's own clock.
constexpr std::chrono::seconds kMaxClockError_s{30};

Check check_clock(const std::string& provider, std::chrono::seconds ahead) {
  constexpr const char* kName = "clock";
  const auto off_s = std::abs(ahead.count());
  const std::string text = "this computer's clock is " + std::to_string(off_s) + " s " +
                           (ahead.count() < 0 ? "behind " : "ahead of ") + provider + "'s";
  if (off_s <= kMaxClockError_s.count()) return passed(kName, text);
  return warned(kName, text,
                "set the clock (NTP): the times in the ledger do not fit the recordings");
}

}  // namespace

std::vector<Check> check_events(const Context& context, const config::Config& config) {
  constexpr const char* kName = "events";
  const telephony::Account& account = *config.account;
  if (!account.has_feed()) {
    return {noted(kName,
                  "not configured, so a call that begins under an open form is muted only when the "
                  "mute is repeated")};
  }
  const agent::FeedTrial trial = context.try_feed(config);
  if (trial.problem) {
    return {failed(kName, trial.problem->code,
                   account.provider() + " does not tell when a call begins or ends",
                   trial.problem->message)};
  }
  std::vector<Check> checks{passed(kName, "logged in, and the calls of " +
                                              account.settings.extension + " came after " +
                                              std::to_string(rounded(trial.latency_ms)) +
                                              " ms; calls now: " + std::to_string(trial.calls))};
  if (trial.clock_ahead) checks.push_back(check_clock(account.provider(), *trial.clock_ahead));
  return checks;
}

}  // namespace cardmute::cli
