// What Voicenter's list of active calls tells about the mute: whether it is really held, which
// calls are there, and which were muted and have left. Only the engine uses it; the provider's room
// makes the lists.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/moment.hpp"
#include "protocol/status.hpp"

namespace cardmute::engine {

// Voicenter asks not to be asked more often (Active Calls, "at most every 5 s").
inline constexpr int kAskInterval_ms = 5000;
// One question may be quicker on its way than the one before it.
inline constexpr int kAskMargin_ms = 100;
// How long after the wish the first question goes out: the mute comes first, and what it did has to
// show.
inline constexpr int kVerifyAfter_ms = 500;
// A list that is older says nothing about which calls there are.
inline constexpr int kListStale_ms = 15'000;
// Who waits for a first list is told after so long that none comes: two questions.
inline constexpr int kNoList_ms = 10'000;
// After so many questions without an answer the calls that may have left are unmuted unseen.
inline constexpr int kUnanswered_questions = 2;

struct ListedCall {
  std::string ivrid;
  bool answered = false;      // people talk; a call that rings is not recorded
  std::optional<bool> muted;  // nothing: the list does not say
  bool operator==(const ListedCall&) const = default;
};

struct CallList {
  std::optional<protocol::Error> error;  // there is no list, for this reason
  // The extension itself stands in the list. Only then a call that is missing is over or gone: an
  // empty list can also come from a wrong `code`.
  bool complete = false;
  std::vector<ListedCall> calls;

  [[nodiscard]] bool usable() const { return !error && complete; }
  bool operator==(const CallList&) const = default;
};

// The calls that were covered by mutes of the extension.
class Calls {
 public:
  enum class Verdict {
    nothing,    // the list says nothing about the mute
    confirmed,  // each call is muted
    new_call,   // a call that was not there before is not muted: it wants a mute of its own
    failed      // a call is not muted although a mute for it was acknowledged
  };

  // A list that was asked for while a mute was held by the acknowledgement of `acknowledged_at`.
  Verdict compare(const CallList& list, bool held_when_asked);
  // The calls that were muted and are not in the list any more: they are over, or muted elsewhere.
  std::vector<std::string> take_left(const CallList& list);
  // After the unmute: the calls that may still be muted. Empties the memory.
  std::vector<std::string> take_unsettled(const CallList& list);
  std::vector<std::string> take_all();
  [[nodiscard]] bool empty() const { return covered_.empty(); }
  void wish_began() { known_.reset(); }

 private:
  std::set<std::string> covered_;               // listed while the mute was held
  std::optional<std::set<std::string>> known_;  // in the last list of this wish; nothing: none yet
};

}  // namespace cardmute::engine
