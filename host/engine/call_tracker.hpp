// What the engine knows about the active calls: the newest list, when the next one may be
// requested, whether the list confirms the mute, and which calls still have to be unmuted.
// Decisions about mutes are in engine_calls.cpp.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/calls.hpp"
#include "engine/moment.hpp"
#include "engine/shared.hpp"
#include "engine/status.hpp"

namespace cardmute::engine {

class CallTracker {
 public:
  // --- Events

  // Call this when the configuration changes; `other_target` says whether the mute's target has
  // changed too. The answer to a request that is still in flight will not count. With another
  // target, the lists and the covered calls are forgotten too.
  void start_over(bool other_target, Moment now);
  // The mute has become wanted, or is no longer wanted. No list has confirmed the new state yet.
  void on_wanted_changed();
  void requested(std::uint64_t attempt, Steady now);
  // Another process has requested the list, so this process must not request it before `may_ask`.
  void not_requested(Steady may_ask);
  // Returns false if the answer to this request is no longer awaited.
  bool on_answer(std::uint64_t attempt, const CallList& list);
  // Keeps `list`, which this process or another one requested at `asked_at`. An unusable list
  // changes nothing. A list that is older than the newest one does not replace it, but is still
  // used by with_recent().
  void keep(const CallList& list, Steady asked_at);
  // Returns whether `list` confirms the mute, and sets verified(). `held_when_asked`: the mute was
  // acknowledged when the list was requested, and still is.
  Calls::Verdict compare(const CallList& list, bool held_when_asked);
  // A manual mute begins. It is for the calls that are answered now or within kFeedLag_ms. If there
  // are none, it is for the calls that are answered next.
  void begin_manual_mute(Moment now);
  void end_manual_mute();
  // For calls that are muted one by one: sets problem() to the reason why the listed calls cannot
  // be muted, or clears it. An unusable `list` changes nothing while an earlier list is recent.
  // `all_fit`: there is a MuteTarget for each call.
  void judge(const CallList& list, bool wanted, bool all_fit, Moment now);
  // `live`: whether the feed sends each change of the calls from now on.
  void feed(bool live, Steady now);
  [[nodiscard]] bool feed_is_live() const { return feed_live_; }
  // Whether the newest list is newer than one that was requested at `asked_at`.
  [[nodiscard]] bool is_older(Steady asked_at) const {
    return list_from_ && *list_from_ > asked_at;
  }
  // Returns `listed`, a list that the feed brought. It may be older than a list that was requested
  // less than kFeedLag_ms ago, so the calls of that list are added, and a call that is answered in
  // either list counts as answered. `listed.ended` is not added, and is removed from the requested
  // list.
  [[nodiscard]] CallList with_recent(const CallList& listed, Steady now);
  // Keeps a list that the feed brought; an incomplete one does not replace the newest list. Returns
  // whether `list` has an answered call that was neither in the feed's last complete list nor in an
  // incomplete one since.
  bool keep_changed(const CallList& list, Steady now);
  // From now on, the mute of the extension covers the calls of the newest list.
  void cover_listed();
  void forget_confirmation() {
    if (verified_ == true) verified_.reset();
  }
  void forget_problem() { problem_.reset(); }
  // The call counts as over until a later list names it again. Returns false if the newest list
  // does not name it.
  bool remove(const std::string& call_id, Steady now);
  // Forgets a confirmation if no usable list was requested within the last kListStale_ms. A failed
  // verification stays until the next usable list.
  void let_old_confirmation_lapse(Moment now);

  // The next three functions return and forget calls that were muted through their extension and
  // now have to be unmuted by their own ID. take_left(): those that a usable list no longer names.
  std::vector<std::string> take_left(const CallList& list) { return covered_.take_left(list); }
  // Those of take_left(), and the calls that the list shows as muted; forgets all others. Returns
  // none for an unusable list, but all calls after kUnanswered_requests such lists in a row.
  std::vector<std::string> take_unsettled(const CallList& list);
  std::vector<std::string> take_all() { return covered_.take_all(); }

  // --- Current state

  [[nodiscard]] const std::optional<CallList>& list() const { return list_; }
  // When the list was requested, or came by the feed; nullopt if there is no list.
  [[nodiscard]] std::optional<Steady> list_from() const { return list_from_; }
  [[nodiscard]] bool list_is_fresh(Moment now) const;
  // Whether the list is recent enough to say which calls have to be muted. Without this limit, a
  // call whose event was lost would stay unmuted forever.
  [[nodiscard]] bool list_is_recent(Moment now) const {
    return list_from_ && now.steady < *recent_until();
  }
  [[nodiscard]] std::optional<Steady> recent_until() const;
  // Whether all calls that the manual mute is for are known to have ended. False if there is no
  // manual mute, or no such call yet.
  [[nodiscard]] bool manual_call_has_ended(Moment now) const;
  // When manual_call_has_ended() may become true without a new list; nullopt while there is no call
  // to wait for.
  [[nodiscard]] std::optional<Steady> manual_call_settled_at() const;
  [[nodiscard]] bool is_newer(const KnownCalls& known, Moment now) const;
  [[nodiscard]] bool names_answered(const std::string& call_id) const;
  // Whether a call is in progress; nullopt if there is no fresh list.
  [[nodiscard]] std::optional<bool> call_in_progress(Moment now) const;
  // `since` of the call that the agent talks on. If the agent talks on none, the earliest `since`
  // of the answered calls; nullopt if that is unknown.
  [[nodiscard]] std::optional<UtcTime> call_since(Moment now) const;
  [[nodiscard]] std::vector<ListedCall> calls_now(Moment now) const;
  [[nodiscard]] const std::optional<bool>& verified() const { return verified_; }
  [[nodiscard]] const std::optional<Error>& problem() const { return problem_; }
  [[nodiscard]] bool request_in_flight() const { return request_.has_value(); }
  [[nodiscard]] std::optional<Steady> asked_at() const { return asked_at_; }
  // The earliest time at which the list may be requested again; nullopt if it was never requested.
  [[nodiscard]] std::optional<Steady> may_ask_at() const;
  // Whether no call is covered, so that the take_… functions would return none.
  [[nodiscard]] bool nothing_covered() const { return covered_.empty(); }

 private:
  void note_manual_calls(const CallList& list, Steady from);

  Calls covered_;
  std::optional<std::uint64_t> request_;
  std::optional<Steady> asked_at_;
  int unanswered_ = 0;
  std::optional<CallList> list_;  // the last usable list
  std::optional<Steady> list_from_;
  std::vector<ListedCall> requested_calls_;  // the calls of the last usable list that was requested
  std::optional<Steady> requested_from_;
  // the answered calls of the feed's last complete list, and of the incomplete lists since
  std::set<std::string> last_answered_;
  bool feed_live_ = false;
  Steady live_from_{};             // when the feed last became live
  std::optional<Steady> lost_at_;  // when a feed that kept the list current was last lost
  std::optional<Error> problem_;
  std::optional<bool> verified_;
  std::optional<Steady> removed_at_;    // when a call was last removed
  std::optional<Steady> manual_from_;   // when the manual mute began
  std::set<std::string> manual_calls_;  // the calls that the manual mute is for
};

}  // namespace cardmute::engine
