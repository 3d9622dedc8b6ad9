// The bounds that the engine and the store have to agree on.
#pragma once

namespace cardmute::engine {

// No call lasts longer: an unmute that never succeeded is given up.
inline constexpr int kLongestCall_ms = 4 * 60 * 60 * 1000;
// A request in doubt may still be on its way, and be carried out behind a later one, for so long.
inline constexpr int kDoubt_ms = 10 * 1000;

}  // namespace cardmute::engine
