#include "cli/list_calls.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <string>
#include <utility>
#include <variant>

#include "base/plain_text.hpp"
#include "cli/configuration.hpp"
#include "engine/calls.hpp"
#include "platform/secret.hpp"

namespace cardmute::cli {

Listing list_calls(const Context& context, const config::Config& config) {
  const telephony::Account& account = *config.account;
  Listing listing;
  auto made = account.calls_request();
  if (const auto* error = std::get_if<Error>(&made)) {
    listing.calls.list.error = *error;
    return listing;
  }
  auto& [request, secret] = std::get<telephony::CallsRequest>(made);
  const http::Result result =
      context.perform(http_settings(account), request, account.settings.timeout_ms);
  platform::wipe(request.body);
  listing.calls = account.read_calls(result, secret.value());
  if (auto& error = listing.calls.list.error) {
    error->message = without(secret.value(), std::move(error->message));
  }
  listing.latency_ms = result.latency_ms;
  return listing;
}

Listing list_calls_in_turn(const Context& context, const config::Config& config,
                           store::Store& store) {
  const store::CallsTurn turn{engine::kCallsInterval_ms + engine::kCallsMargin_ms,
                              config.account->settings.timeout_ms};
  const auto give_up = context.now().steady + std::chrono::milliseconds(kTurnWait_ms);
  while (const auto until = store.begin_calls_request(turn, context.now())) {
    if (*until > give_up) {
      Listing none;
      none.calls.list.error =
          Error{ErrorCode::throttled,
                "Running browsers of this user ask Active Calls as often as is allowed. Close "
                "their payment forms, or try again later."};
      return none;
    }
    const auto pause = *until - context.now().steady;
    const auto pause_ms = std::chrono::ceil<std::chrono::milliseconds>(pause).count();
    context.sleep_ms(static_cast<int>(std::max<std::int64_t>(pause_ms, 1)));
  }
  Listing listing = list_calls(context, config);
  store.end_calls_request(turn, context.now());
  return listing;
}

}  // namespace cardmute::cli
