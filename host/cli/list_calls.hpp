// One request for the list of active calls, as the configuration says.
#pragma once

#include "cli/context.hpp"
#include "store/store.hpp"
#include "telephony/account.hpp"

namespace cardmute::cli {

struct Listing {
  telephony::ListedCalls calls;
  double latency_ms = 0;
};

// The configured account lists calls. No secret of the request is in what comes back.
Listing list_calls(const Context& context, const config::Config& config);

// The same when it is this process' turn: running hosts ask as well, and providers want an
// interval between two questions, whoever asks. Waits for that at most kMostTurns times; then it is
// an error that says so.
Listing list_calls_in_turn(const Context& context, const config::Config& config,
                           store::Store& store);

// Another process may be first each time.
inline constexpr int kMostTurns = 12;

}  // namespace cardmute::cli
