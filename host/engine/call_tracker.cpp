#include "engine/call_tracker.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

namespace cardmute::engine {

using std::chrono::milliseconds;

void CallTracker::start_over(bool other_target, Moment now) {
  request_.reset();
  unanswered_ = 0;
  verified_.reset();
  problem_.reset();
  if (!other_target) return;
  list_.reset();
  list_from_.reset();
  requested_from_.reset();
  last_answered_.clear();
  covered_ = {};
  // A manual mute was for the calls of the old extension. From now on it is for those of the new
  // one.
  if (manual_from_) begin_manual_mute(now);
}

void CallTracker::on_wanted_changed() {
  verified_.reset();
  unanswered_ = 0;
  covered_.wanted_began();
}

void CallTracker::requested(std::uint64_t attempt, Steady now) {
  assert(!request_ && "one request for the list at a time");
  asked_at_ = now;
  request_ = attempt;
}

void CallTracker::not_requested(Steady may_ask) {
  request_.reset();
  asked_at_ = may_ask - milliseconds(kCallsInterval_ms + kCallsMargin_ms);
}

bool CallTracker::on_answer(std::uint64_t attempt, const CallList& list) {
  if (request_ != attempt) return false;
  request_.reset();
  unanswered_ = list.usable() ? 0 : unanswered_ + 1;
  return true;
}

void CallTracker::keep(const CallList& list, Steady asked_at) {
  if (!list.usable()) return;
  requested_calls_ = list.calls;
  requested_from_ = asked_at;
  if (is_older(asked_at)) return;
  list_ = list;
  list_from_ = asked_at;
  note_manual_calls(list, asked_at);
}

Calls::Verdict CallTracker::compare(const CallList& list, bool held_when_asked) {
  const auto verdict = covered_.compare(list, held_when_asked);
  switch (verdict) {
    case Calls::Verdict::confirmed:
      verified_ = true;
      break;
    case Calls::Verdict::failed:
      verified_ = false;
      break;
    case Calls::Verdict::new_call:
    case Calls::Verdict::nothing:
      // An unusable list does not clear a failed verification.
      if (verified_ != false || list.usable()) verified_.reset();
      break;
  }
  return verdict;
}

void CallTracker::begin_manual_mute(Moment now) {
  manual_from_ = now.steady;
  manual_calls_.clear();
  if (list_is_fresh(now)) note_manual_calls(*list_, now.steady);
}

void CallTracker::end_manual_mute() {
  manual_from_.reset();
  manual_calls_.clear();
}

// Records the calls that the manual mute is for. A list may be late, so a call that is listed as
// answered up to kFeedLag_ms after the mute began counts too. If a list within that time no longer
// has an answered call, its ringing calls count as well. If no call has been recorded by then, the
// first answered calls count, however late they come.
void CallTracker::note_manual_calls(const CallList& list, Steady from) {
  if (!manual_from_) return;
  const bool settled = from >= *manual_from_ + milliseconds(kFeedLag_ms);
  if (settled && !manual_calls_.empty()) return;
  const bool only_rings = !manual_calls_.empty() && list.usable() &&
                          std::ranges::none_of(list.calls, &ListedCall::answered);
  for (const ListedCall& call : list.calls) {
    if (call.answered || only_rings) manual_calls_.insert(call.call_id);
  }
}

bool CallTracker::manual_call_has_ended(Moment now) const {
  const auto settled_at = manual_call_settled_at();
  // The provider may report a call as not found by mistake. So the manual mute ends only if a list
  // that is newer than the report does not name the call either.
  const bool is_listed = !removed_at_ || (list_from_ && *list_from_ > *removed_at_);
  return settled_at && now.steady >= *settled_at && list_is_fresh(now) && is_listed &&
         std::ranges::none_of(list_->calls, [this](const ListedCall& call) {
           return manual_calls_.contains(call.call_id);
         });
}

std::optional<Steady> CallTracker::manual_call_settled_at() const {
  if (!manual_from_ || manual_calls_.empty()) return std::nullopt;
  return *manual_from_ + milliseconds(kFeedLag_ms);
}

void CallTracker::judge(const CallList& list, bool wanted, bool all_fit, Moment now) {
  if (!list.usable()) {
    if (!list_is_recent(now)) {
      problem_ = list.error ? list.error
                            : Error{ErrorCode::bad_answer,
                                    "The list of active calls does not name the extension: nobody "
                                    "knows which calls to mute."};
    }
    return;
  }
  problem_.reset();
  if (!all_fit) {
    problem_ = Error{ErrorCode::internal, "There are more than " + std::to_string(kMaxTargets) +
                                              " calls: not all of them can be muted."};
  } else if (wanted && std::ranges::none_of(list.calls, &ListedCall::answered)) {
    problem_ = Error{ErrorCode::no_active_call,
                     "The extension has no active call that could be muted. One that begins is "
                     "muted as soon as the list of active calls shows it."};
  }
}

bool CallTracker::remove(const std::string& call_id, Steady now) {
  const bool removed = list_ && std::erase_if(list_->calls, [&](const ListedCall& call) {
                                  return call.call_id == call_id;
                                }) > 0;
  if (removed) removed_at_ = now;
  return removed;
}

void CallTracker::let_old_confirmation_lapse(Moment now) {
  const bool is_recent =
      requested_from_ && now.steady - *requested_from_ < milliseconds(kListStale_ms);
  if (verified_ == true && !is_recent) verified_.reset();
}

std::vector<std::string> CallTracker::take_unsettled(const CallList& list) {
  if (list.usable()) return covered_.take_unsettled(list);
  return unanswered_ >= kUnanswered_requests ? covered_.take_all() : std::vector<std::string>{};
}

void CallTracker::feed(bool live, Steady now) {
  const bool has_list = list_from_ && *list_from_ >= live_from_;
  if (feed_live_ && !live && has_list) lost_at_ = now;
  if (!feed_live_ && live) live_from_ = now;
  feed_live_ = live;
}

CallList CallTracker::with_recent(const CallList& listed, Steady now) {
  CallList list = listed;
  std::erase_if(requested_calls_,
                [&](const ListedCall& call) { return call.call_id == listed.ended; });
  if (!requested_from_ || now - *requested_from_ >= milliseconds(kFeedLag_ms)) return list;
  for (const ListedCall& call : requested_calls_) {
    const auto found = std::ranges::find(list.calls, call.call_id, &ListedCall::call_id);
    if (found == list.calls.end()) {
      list.calls.push_back(call);
    } else {
      found->answered = found->answered || call.answered;
    }
  }
  return list;
}

bool CallTracker::keep_changed(const CallList& list, Steady now) {
  bool has_new = false;
  std::set<std::string> answered;
  for (const ListedCall& call : list.calls) {
    if (!call.answered) continue;
    has_new = !last_answered_.contains(call.call_id) || has_new;
    answered.insert(call.call_id);
  }
  if (list.usable()) {
    last_answered_ = std::move(answered);
    list_ = list;
    list_from_ = now;
  } else {
    last_answered_.merge(answered);
  }
  note_manual_calls(list, now);
  return has_new;
}

// Ringing calls are covered too: the extension's mute may mute a call that still rings and is then
// answered elsewhere.
void CallTracker::cover_listed() {
  if (!list_) return;
  for (const ListedCall& call : list_->calls) covered_.cover(call.call_id);
}

std::optional<Steady> CallTracker::recent_until() const {
  if (!list_from_) return std::nullopt;
  return *list_from_ + milliseconds(kListStale_ms);
}

// While the feed is live, a list that is newer than the start of the feed stays fresh. Otherwise a
// list stays fresh for kListStale_ms after it was requested, or after the feed that kept it current
// was lost.
bool CallTracker::list_is_fresh(Moment now) const {
  if (!list_from_) return false;
  if (feed_live_ && *list_from_ >= live_from_) return true;
  const Steady known_until = std::max(*list_from_, lost_at_.value_or(*list_from_));
  return now.steady < known_until + milliseconds(kListStale_ms);
}

bool CallTracker::is_newer(const KnownCalls& known, Moment now) const {
  return (!list_from_ || known.asked_at > *list_from_) &&
         now.steady - known.asked_at < milliseconds(kListStale_ms);
}

bool CallTracker::names_answered(const std::string& call_id) const {
  return list_ && std::ranges::any_of(list_->calls, [&](const ListedCall& call) {
           return call.answered && call.call_id == call_id;
         });
}

std::optional<bool> CallTracker::call_in_progress(Moment now) const {
  if (!list_is_fresh(now)) return std::nullopt;
  return std::ranges::any_of(list_->calls, &ListedCall::answered);
}

std::optional<UtcTime> CallTracker::call_since(Moment now) const {
  const ListedCall* chosen = nullptr;
  const auto rank = [](const ListedCall& call) {
    return std::pair(call.phase != CallPhase::talking, call.since.value_or(UtcTime::max()));
  };
  const auto calls = calls_now(now);
  for (const ListedCall& call : calls) {
    if (call.answered && (chosen == nullptr || rank(call) < rank(*chosen))) chosen = &call;
  }
  return chosen != nullptr ? chosen->since : std::nullopt;
}

std::vector<ListedCall> CallTracker::calls_now(Moment now) const {
  return list_is_fresh(now) ? list_->calls : std::vector<ListedCall>{};
}

std::optional<Steady> CallTracker::may_ask_at() const {
  if (!asked_at_) return std::nullopt;
  return *asked_at_ + milliseconds(kCallsInterval_ms + kCallsMargin_ms);
}

}  // namespace cardmute::engine
