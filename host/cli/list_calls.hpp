// Requests the list of active calls once, from the configured provider.
#pragma once

#include "cli/context.hpp"
#include "store/store.hpp"
#include "telephony/account.hpp"

namespace cardmute::cli {

struct Listing {
  telephony::ListedCalls calls;
  double latency_ms = 0;
};

// Call this only if the account lists_calls(). The result does not contain the request's secret.
Listing list_calls(const Context& context, const config::Config& config);

// Waits for this process's turn, then requests the list once: running hosts request the list too,
// and providers demand an interval between any two requests. Returns an error if the turn would not
// come within kTurnWait_ms.
Listing list_calls_in_turn(const Context& context, const config::Config& config,
                           store::Store& store);

// How long to wait for a turn. It is several turns long, because other processes may take the first
// ones.
inline constexpr int kTurnWait_ms = 60'000;

}  // namespace cardmute::cli
