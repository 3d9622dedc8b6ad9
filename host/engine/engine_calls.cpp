// What the list of active calls changes; see engine.hpp and calls.hpp.
#include <algorithm>
#include <utility>

#include "engine/engine.hpp"

namespace cardmute::engine {

using protocol::Error;
using protocol::OverrideMode;
using protocol::Target;
using std::chrono::milliseconds;

void Engine::not_asked(Steady may_ask) {
  question_.reset();
  asked_at_ = may_ask - milliseconds(kAskInterval_ms + kAskMargin_ms);
}

bool Engine::listed(Attempt attempt, const CallList& list, Moment now) {
  if (question_ != attempt) return false;
  question_.reset();
  unanswered_ = list.usable() ? 0 : unanswered_ + 1;
  take_list(list, *asked_at_, now);
  if (!wanted()) settle_the_calls(list, now);
  advance(now);
  return true;
}

// What another process was told is as good; only what may have left since the own unmute is for the
// own questions to find out.
void Engine::take_known_calls(Moment now) {
  const auto& known = shared_.calls;
  if (!settings_ || !settings_->active_calls || !known) return;
  if (list_from_ && known->asked_at <= *list_from_) return;
  if (now.steady - known->asked_at >= milliseconds(kListStale_ms)) return;
  take_list(known->list, known->asked_at, now);
}

void Engine::take_list(const CallList& list, Steady asked_at, Moment now) {
  if (list.usable()) {
    list_ = list;
    list_from_ = asked_at;
  }
  if (by_call()) follow_the_calls(list, now);
  if (wanted()) compare(list, held_since_ && *held_since_ <= asked_at, now);
}

void Engine::compare(const CallList& list, bool held_when_asked, Moment now) {
  const auto verdict = calls_.compare(list, held_when_asked && held_by_acknowledgement(now));
  switch (verdict) {
    case Calls::Verdict::confirmed:
      verified_ = true;
      break;
    case Calls::Verdict::failed:
      verified_ = false;
      break;
    case Calls::Verdict::new_call:
    case Calls::Verdict::nothing:
      // What could not be looked at keeps an alarm standing.
      if (verified_ != false || list.usable()) verified_.reset();
      break;
  }
  if (verdict == Calls::Verdict::failed || verdict == Calls::Verdict::new_call) {
    for (const auto& line : lines_) {
      if (line->wanted()) line->uncovered(now);
    }
  }
  if (verdict == Calls::Verdict::failed) answer(waiting_for_mute_, problem(now));
  if (!list.usable()) return;
  const bool talking = std::ranges::any_of(list.calls, &ListedCall::answered);
  // A manual mute was about the call of that moment.
  if (call_seen_ && !talking && override_ == OverrideMode::mute && surfaces_.empty()) {
    override_ = OverrideMode::automatic;
    manual_since_.reset();
  }
  call_seen_ = call_seen_ || talking;
  if (!by_call()) owe_calls(calls_.take_left(list), now);
}

void Engine::follow_the_calls(const CallList& list, Moment now) {
  if (!list.usable()) {
    if (!list_is_fresh(now)) {
      list_problem_ = list.error ? list.error
                                 : Error{ErrorCode::bad_answer,
                                         "The list of active calls does not name the extension: "
                                         "nobody knows which calls to mute."};
    }
    return;
  }
  list_problem_.reset();
  for (const ListedCall& call : list.calls) {
    if (!call.answered || !wanted() || line_of(Target{"ivrid", call.ivrid}) != nullptr) continue;
    list_problem_ = Error{ErrorCode::internal, "There are more than " + std::to_string(kMaxLines) +
                                                   " calls: not all of them can be muted."};
  }
  const bool talking = std::ranges::any_of(list.calls, &ListedCall::answered);
  if (wanted() && !talking) {
    list_problem_ =
        Error{ErrorCode::no_active_call,
              "The extension has no active call that could be muted. One that begins is muted as "
              "soon as the list of active calls shows it."};
  }
}

// Until a later list names it again.
void Engine::call_is_over(const Target& target, Moment now) {
  if (!list_ || std::erase_if(list_->calls, [&](const ListedCall& call) {
                  return call.ivrid == target.value;
                }) == 0) {
    return;
  }
  if (by_call()) follow_the_calls(*list_, now);
}

// Not wanted any more: what was muted by the extension and has left it is unmuted by its ivrid.
void Engine::settle_the_calls(const CallList& list, Moment now) {
  if (by_call()) return;
  if (list.usable()) {
    owe_calls(calls_.take_unsettled(list), now);
  } else if (unanswered_ >= kUnanswered_questions) {
    owe_calls(calls_.take_all(), now);
  }
}

void Engine::owe_calls(const std::vector<std::string>& ivrids, Moment now) {
  for (const auto& ivrid : ivrids) {
    const Target target{"ivrid", ivrid};
    if (Line* line = line_of(target)) {
      line->owe(now);
      actions_.emplace_back(Owe{target});
    }
  }
}

}  // namespace cardmute::engine
