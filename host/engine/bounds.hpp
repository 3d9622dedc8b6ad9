// Limits that the engine and the store must agree on.
#pragma once

namespace cardmute::engine {

// Assumed to be longer than any call, so an unmute that has not succeeded after this long is given
// up.
inline constexpr int kLongestCall_ms = 4 * 60 * 60 * 1000;
// A request whose outcome is unknown may still be carried out for this long, even after a later
// request.
inline constexpr int kUnknownOutcome_ms = 10 * 1000;

}  // namespace cardmute::engine
