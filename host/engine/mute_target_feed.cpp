// Handles what the feed reports about one target; see mute_target.hpp.
#include "engine/mute_target.hpp"

namespace cardmute::engine {

void MuteTarget::feed_lost(const Terms& terms, Moment now) {
  if (!wanted() || told_to_wait(now) || in_flight_) return;
  if (acknowledgement_.at() && !acknowledged(terms, now)) {
    uncovered(now);
  } else {
    take_turn(terms);
  }
}

void MuteTarget::covered_elsewhere() {
  if (in_flight_ || wanted() || !outstanding_.stands()) return;
  outstanding_.settle();
  if (state_ == MuteState::releasing) on(MuteEvent::settled);
  start_over();
}

}  // namespace cardmute::engine
