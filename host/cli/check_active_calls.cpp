#include <filesystem>
#include <string>
#include <system_error>
#include <vector>

#include "agent/settler.hpp"
#include "base/rounded.hpp"
#include "cli/check.hpp"
#include "cli/list_calls.hpp"

namespace cardmute::cli {

namespace {

// If there is no store, no host requests the list, so there is no turn to wait for. Doctor never
// creates the store.
Listing ask(const Context& context, const config::Config& config) {
  std::error_code ignored;
  if (!std::filesystem::exists(store::store_file(context.state_directory), ignored)) {
    return list_calls(context, config);
  }
  store::Store store(agent::store_settings(context.state_directory, "doctor"));
  Listing listing = list_calls_in_turn(context, config, store);
  store.leave(context.now());
  return listing;
}

}  // namespace

std::vector<Check> check_active_calls(const Context& context, const config::Config& config) {
  constexpr const char* kName = "Active Calls";
  const telephony::Account& account = *config.account;
  if (!account.lists_calls()) {
    return {noted(kName, "not configured, so it cannot be known whether a call really is muted")};
  }
  const auto [calls, latency_ms] = ask(context, config);
  if (calls.list.error) {
    return {failed(kName, calls.list.error->code, "no list of the extension's calls",
                   calls.list.error->message)};
  }
  return {passed("extension",
                 account.settings.extension +
                     (calls.agent.empty() ? ": " + account.provider() + " names nobody for it"
                                          : ": its calls are those of " + calls.agent)),
          passed(kName, "answered after " + std::to_string(rounded(latency_ms)) +
                            " ms; calls now: " + std::to_string(calls.list.calls.size()))};
}

}  // namespace cardmute::cli
