// What the provider's list of active calls says about the mute: whether the calls are really muted,
// which calls are active, and which muted calls have left the extension. Each provider's own module
// turns the provider's answers into such lists.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/utc_time.hpp"
#include "engine/moment.hpp"
#include "engine/status.hpp"

namespace cardmute::engine {

// The provider allows one request for the list every 5 s.
inline constexpr int kCallsInterval_ms = 5000;
// Added to the interval, because a request may reach the provider faster than the one before it.
inline constexpr int kCallsMargin_ms = 100;
// With target `extension`, the list is first requested this long after a mute has become wanted.
// The mute request goes first and needs time to take effect.
inline constexpr int kVerifyAfter_ms = 500;
// A list older than this no longer tells which calls are active, unless a live feed keeps it
// current.
inline constexpr int kListStale_ms = 15'000;
// If calls are muted by their own IDs, and no recent list has come this long after the mute became
// wanted, the mute has failed. This is long enough for two requests.
inline constexpr int kNoList_ms = 10'000;
// The provider's events are assumed to be at most this late (measured: up to 3 s).
inline constexpr int kFeedLag_ms = 5000;
// How old the newest list may become before the feed must fetch a new one. While a mute is wanted
// and calls are muted by their own IDs, kNewList_ms applies, because only the feed says which calls
// to mute. Otherwise kNewListOfCalls_ms applies, while a mute is wanted or the list has a call.
inline constexpr int kNewList_ms = 10'000;
inline constexpr int kNewListOfCalls_ms = 5 * 60 * 1000;
// At most this many targets (the extension, or calls by their own ID) are muted or unmuted at the
// same time. Normally an extension has only a few calls.
inline constexpr std::size_t kMaxTargets = 64;
// After this many requests in a row for the list without a usable answer, the calls that may have
// left the extension are unmuted without checking.
inline constexpr int kUnanswered_requests = 2;

enum class CallPhase { unknown, ringing, talking, held };

struct ListedCall {
  std::string call_id;
  bool answered = false;           // false while the call rings, because then it is not recorded
  std::optional<bool> muted = {};  // nullopt: the list does not say
  CallPhase phase = CallPhase::unknown;
  // When the call was answered, or if that is unknown, when it started; nullopt: neither is known.
  std::optional<UtcTime> since = {};
  bool operator==(const ListedCall&) const = default;
};

struct CallList {
  std::optional<Error> error;  // why there is no list; nullopt if there is one
  // Whether the list names the extension. Only then does a missing call mean that the call has
  // ended or moved: a request with a wrong access code gets an empty list too.
  bool complete = false;
  std::vector<ListedCall> calls;
  // The ID of a call that has ended on the extension, as the provider's message says; often empty.
  std::string ended = {};

  [[nodiscard]] bool usable() const { return !error && complete; }
  bool operator==(const CallList&) const = default;
};

// The calls that mutes of the extension covered.
class Calls {
 public:
  enum class Verdict {
    nothing,    // the list says nothing about the mute
    confirmed,  // there are answered calls, and all are muted
    new_call,   // a call that was not in the last list is not muted, so the mute must be repeated
    failed      // a call is not muted although the mute was acknowledged
  };

  // `held_when_asked`: the mute was acknowledged when the list was requested, and still is. Then
  // the answered calls count as covered, except those that the list shows as not muted.
  Verdict compare(const CallList& list, bool held_when_asked);
  // Returns and forgets the covered calls that are no longer in the list: they have ended, or have
  // moved and are still muted. Returns none for an unusable list.
  std::vector<std::string> take_left(const CallList& list);
  // Returns the covered calls that may still be muted after the unmute: those that `list`, which
  // must be usable, shows as muted or does not name. Forgets all calls.
  std::vector<std::string> take_unsettled(const CallList& list);
  std::vector<std::string> take_all();
  [[nodiscard]] bool empty() const { return covered_.empty(); }
  void wanted_began() { known_.reset(); }
  // The mute of the extension covers this call from now on.
  void cover(const std::string& call_id) { covered_.insert(call_id); }

 private:
  std::set<std::string> covered_;  // calls that the extension's mute has covered
  // the answered calls of the newest list that compare() got with `held_when_asked`; nullopt: there
  // was none since the mute became wanted
  std::optional<std::set<std::string>> known_;
};

}  // namespace cardmute::engine
