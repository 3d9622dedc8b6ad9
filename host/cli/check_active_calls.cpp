// The check of Active Calls; see check.hpp.
#include <string>
#include <vector>

#include "cli/check.hpp"
#include "cli/list_calls.hpp"
#include "protocol/rounded.hpp"

namespace cardmute::cli {

std::vector<Check> check_active_calls(const Context& context, const config::Config& config) {
  constexpr const char* kName = "Active Calls";
  if (!config.voicenter.active_calls) {
    return {noted(kName, "not configured, so it cannot be known whether a call really is muted")};
  }
  const Listing listing = list_calls(context, config);
  if (listing.answer.error) {
    return {failed(kName, *listing.answer.error, "no list of the extension's calls",
                   listing.answer.reason)};
  }
  return {passed(kName, "answered (ERR 0) after " + std::to_string(rounded(listing.latency_ms)) +
                            " ms; calls now: " + std::to_string(listing.answer.calls.size()))};
}

}  // namespace cardmute::cli
