// What the provider's unasked events about calls change; see engine.hpp. An event never says that a
// call is muted, so only the list of active calls can confirm a mute.
#include <algorithm>

#include "engine/engine.hpp"

namespace cardmute::engine {

using std::chrono::milliseconds;

void Engine::feed(bool live, Moment now) {
  if (feed_is_live() == live) return;
  calls_.feed(live, now.steady);
  if (!live) {
    for (const auto& mute_target : targets_) mute_target->feed_lost(terms(), now);
  }
  advance(now);
}

void Engine::calls_changed(const CallList& listed, Moment now) {
  if (!settings_ || listed.error) return;
  const CallList list = calls_.with_recent(listed, now.steady);
  forget_settled_calls(now);
  const bool has_new_call = calls_.keep_changed(list, now.steady);
  if (by_call()) follow_the_calls(list, now);
  if (wanted()) {
    if (has_new_call) on_new_call(now);
    on_returned_calls(list);
  }
  if (!by_call()) add_outstanding_calls(calls_.take_left(list), now);
  advance(now);
}

// With target `each_call` the new call has a target of its own, which is muted at once.
void Engine::on_new_call(Moment now) {
  calls_.forget_confirmation();
  if (by_call()) return;
  for (const auto& mute_target : targets_) {
    if (mute_target->wanted()) mute_target->uncovered(now);
  }
}

// A call that had left the extension is back. The extension's mute covers it, and an unmute of the
// call would only end that mute.
void Engine::on_returned_calls(const CallList& list) {
  if (by_call() || !list.usable()) return;
  for (const auto& mute_target : targets_) {
    const Target& target = mute_target->target();
    const bool is_back = std::ranges::any_of(list.calls, [&](const ListedCall& call) {
      return call.answered && target == Target{TargetBy::call, call.call_id};
    });
    if (!is_back || !mute_target->maybe_muted() || mute_target->in_flight()) continue;
    mute_target->covered_elsewhere();
    actions_.emplace_back(DropOutstanding{target});
  }
}

// The unmute of the extension has reached all its calls, except one that was transferred shortly
// before. The provider tells of a transfer late, but not later than this.
void Engine::forget_settled_calls(Moment now) {
  if (wanted() || by_call() || !settings_->feed || settings_->active_calls) return;
  const MuteTarget* main = main_target();
  const bool settled = main == nullptr || !main->maybe_muted();
  if (settled && now.steady - wanted_changed_at_ >= milliseconds(kFeedLag_ms)) calls_.take_all();
}

}  // namespace cardmute::engine
