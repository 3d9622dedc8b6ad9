// Handles the provider's unasked events about calls; see engine.hpp. An event never says that a
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
  const bool has_new_call = calls_.keep_changed(list, now.steady);
  if (by_call()) follow_the_calls(list, now);
  if (wanted()) {
    if (has_new_call) on_new_call(now);
    on_returned_calls(list);
  }
  if (!by_call()) add_outstanding_calls(calls_.take_left(list), now);
  forget_settled_calls(list, now);
  advance(now);
}

// With target `each_call` the new call has a target of its own, which is muted at once.
void Engine::on_new_call(Moment now) {
  calls_.forget_confirmation();
  if (by_call()) return;
  new_call_until_ = now.steady + milliseconds(kFeedLag_ms);
  for (const auto& mute_target : targets_) {
    if (mute_target->wanted()) mute_target->uncovered(now);
  }
}

// A call that had left the extension is back. The extension's mute covers it, and an unmute of the
// call would end that mute.
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

// The earliest time at which a list shows which calls the last unmute of the extension has missed;
// nullopt if it cannot have missed any, or if requested lists show that. The unmute reached all of
// the extension's calls, except one that had been transferred shortly before. kFeedLag_ms after the
// unmute, the list no longer names such a call.
std::optional<Steady> Engine::calls_settled_at() const {
  if (!settings_ || !released_at_ || by_call() || settings_->active_calls ||
      calls_.nothing_covered())
    return std::nullopt;
  return *released_at_ + milliseconds(kFeedLag_ms);
}

void Engine::forget_settled_calls(const CallList& list, Moment now) {
  const auto settled_at = calls_settled_at();
  if (list.usable() && settled_at && now.steady >= *settled_at) calls_.take_all();
}

std::optional<Steady> Engine::list_due() const {
  if (!feed_is_live() || !calls_.list_from()) return std::nullopt;
  if (by_call() && wanted()) {
    return *calls_.list_from() + milliseconds(kNewList_ms);
  }
  if (const auto settled_at = calls_settled_at()) return settled_at;
  if (!wanted() && calls_.list()->calls.empty()) return std::nullopt;
  return *calls_.list_from() + milliseconds(kNewListOfCalls_ms);
}

// A call that has just begun may have rung at another workstation too. The host there may have
// muted the call and be about to unmute it, so the longer interval does not apply yet.
int Engine::reassert_ms() const {
  if (!settings_) return 0;
  return feed_is_live() && !new_call_until_
             ? std::max(settings_->reassert_ms, settings_->reassert_live_ms)
             : settings_->reassert_ms;
}

}  // namespace cardmute::engine
