// One question to Active Calls, as the configuration says. For cli/ only.
#pragma once

#include "cli/context.hpp"
#include "voicenter/active_calls.hpp"

namespace cardmute::cli {

struct Listing {
  voicenter::ActiveCalls answer;
  double latency_ms = 0;
};

// `config` has Active Calls. The organisation's code is in nothing that comes back.
Listing list_calls(const Context& context, const config::Config& config);

}  // namespace cardmute::cli
