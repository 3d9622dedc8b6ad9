// Handles the lists of active calls; see engine.hpp and calls.hpp.
#include <algorithm>
#include <utility>

#include "engine/engine.hpp"

namespace cardmute::engine {

void Engine::calls_not_requested(Steady may_ask) { calls_.not_requested(may_ask); }

bool Engine::listed(Attempt attempt, const CallList& list, Moment now) {
  if (!calls_.on_answer(attempt, list)) return false;
  const bool is_newest = on_list(list, *calls_.asked_at(), now);
  if (is_newest && !wanted()) settle_the_calls(list, now);
  advance(now);
  return true;
}

// A list that another process requested counts like one that this process requested, with one
// exception: after an unmute, only lists that this process requested decide which calls the unmute
// has missed.
void Engine::on_known_calls(Moment now) {
  const auto& known = shared_.calls;
  if (!settings_ || !settings_->active_calls || !known || !calls_.is_newer(*known, now)) return;
  on_list(known->list, known->asked_at, now);
}

// Returns false if the list is older than the newest one. Such a list changes no mute, because it
// may lack an active call or name one that has ended.
bool Engine::on_list(const CallList& list, Steady asked_at, Moment now) {
  const bool is_older = calls_.is_older(asked_at);
  calls_.keep(list, asked_at);
  if (is_older) return false;
  if (by_call()) follow_the_calls(list, now);
  if (wanted()) compare(list, held_since_ && *held_since_ <= asked_at, now);
  return true;
}

void Engine::compare(const CallList& list, bool held_when_asked, Moment now) {
  const auto verdict = calls_.compare(list, held_when_asked && held_by_acknowledgement(now));
  if (verdict == Calls::Verdict::failed || verdict == Calls::Verdict::new_call) {
    for (const auto& mute_target : targets_) {
      if (mute_target->wanted()) mute_target->uncovered(now);
    }
  }
  if (verdict == Calls::Verdict::failed) answer(Command::mute, problem(now));
  if (list.usable() && !by_call()) add_outstanding_calls(calls_.take_left(list), now);
}

// If a form is open, the call stays muted for the form.
void Engine::end_a_manual_mute_with_its_call(Moment now) {
  if (override_ == OverrideMode::mute && calls_.manual_call_has_ended(now)) end_manual_mute();
}

void Engine::end_manual_mute() {
  override_ = OverrideMode::automatic;
  manual_since_.reset();
  calls_.end_manual_mute();
}

void Engine::follow_the_calls(const CallList& list, Moment now) {
  bool all_fit = true;
  if (list.usable() && wanted()) {
    for (const ListedCall& call : list.calls) {
      if (!call.answered) continue;
      all_fit = mute_target_of(Target{TargetBy::call, call.call_id}) != nullptr && all_fit;
    }
  }
  calls_.judge(list, wanted(), all_fit, now);
}

// The call counts as over until a later list names it again.
void Engine::call_is_over(const Target& target, Moment now) {
  if (calls_.remove(target.value, now.steady) && by_call()) follow_the_calls(*calls_.list(), now);
}

// Called while no mute is wanted. Calls that were muted through the extension, and that have left
// it or are listed as still muted, must be unmuted by their own ID.
void Engine::settle_the_calls(const CallList& list, Moment now) {
  if (!by_call()) add_outstanding_calls(calls_.take_unsettled(list), now);
}

void Engine::add_outstanding_calls(const std::vector<std::string>& call_ids, Moment now) {
  for (const auto& call_id : call_ids) {
    const Target target{TargetBy::call, call_id};
    if (MuteTarget* mute_target = mute_target_of(target)) {
      mute_target->set_outstanding(now);
      actions_.emplace_back(AddOutstanding{target});
    }
  }
}

}  // namespace cardmute::engine
