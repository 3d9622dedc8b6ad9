// The requests to one target: its desired state, its acknowledgement, retries and re-assertion.
// Engine has one for the extension, and one for each call that is muted or unmuted by its own ID.
//
// While the mute is wanted, it is sent and repeated. If it is not wanted but may be in effect, an
// unmute is sent. At most one request is in flight; when it ends, the current desired state decides
// what follows.
#pragma once

#include <cassert>
#include <cstdint>
#include <optional>
#include <utility>

#include "engine/acknowledgement.hpp"
#include "engine/bounds.hpp"
#include "engine/moment.hpp"
#include "engine/mute_state.hpp"
#include "engine/outcome.hpp"
#include "engine/outstanding.hpp"
#include "engine/send_schedule.hpp"
#include "engine/settings.hpp"
#include "engine/shared.hpp"
#include "engine/status.hpp"

namespace cardmute::engine {

// After the browser has gone, everything ends within this time. Browsers kill a host no sooner than
// after 2 s (measured: Chromium 2 s, Firefox 3 s).
inline constexpr int kFarewell_ms = 1350;
// How much of kFarewell_ms one unmute may take. If a dead connection swallows the unmute, there is
// time for another attempt.
inline constexpr int kFarewellAttempt_ms = 450;
// How much of kFarewell_ms a mute in flight may take. Then it is cancelled, so that there is time
// for the unmute.
inline constexpr int kFarewellMute_ms = 600;
// If the provider still says, this long after the unmute became wanted, that it does not know the
// extension, the extension is assumed to have no call.
inline constexpr int kDeniedUnmute_ms = 2 * 60 * 1000;
// While the outcome of a request is unknown (for kUnknownOutcome_ms), the opposite request is
// repeated at this interval.
inline constexpr int kUnknownRepeat_ms = 500;

// Identifies one request to the provider.
using Attempt = std::uint64_t;

// What an outcome means for the store.
struct RequestEffect {
  bool counts = false;   // the acknowledgement of a mute can be relied on
  bool settled = false;  // after this unmute no mute is outstanding
};

class MuteTarget {
 public:
  // Conditions outside of the target that decide what is sent.
  struct Terms {
    const Settings* settings = nullptr;  // null: no valid configuration, so nothing is sent
    std::optional<Steady> gone_at;       // when the browser went away
    // the browser has gone, and its mute stays until the call ends
    bool leave_muted = false;
    // Whether calls are muted one by one and somebody wants a mute now.
    bool calls_wanted = false;
    // When the newest list was requested. While `calls_wanted`, a mute that a call no longer needs
    // is ended only if the list is newer than the mute: an older list may lack the call.
    std::optional<Steady> list_from;
    // The newest list may be this much older than list_from, because events may arrive late.
    int list_lag_ms = 0;
    // How often an acknowledged mute is repeated now.
    int reassert_ms = 2000;
    // The store does not work, so nothing new is known about other processes.
    bool alone = false;
  };
  struct Request {
    Command command = Command::mute;
    int timeout_ms = 0;
  };

  MuteTarget(Target target, std::uint32_t seed) : target_(std::move(target)), schedule_(seed) {}

  [[nodiscard]] const Target& target() const { return target_; }

  // --- Events

  // The mute has become wanted, or is no longer wanted. `by_others`: only other processes want it.
  // They send it, and this process only checks that they do, unless Settings::acts_for_others is
  // set.
  void set_wanted(bool wanted, bool by_others, const Terms& terms, Moment now);
  // Forgets earlier failures, so that they no longer delay requests. The problem is forgotten too,
  // except in the state `lapsed`.
  void start_over();
  // Changes the target that requests name. An outstanding mute moves with it.
  void retarget(Target target) { target_ = std::move(target); }
  // `outstanding` is what the store knows about this target; null if no mute is outstanding.
  void on_shared(const OutstandingMute* outstanding, const Terms& terms, Moment now);
  // A mute is outstanding that this process did not send but has to end.
  void set_outstanding(Moment now);
  // From now on this process has to end the outstanding mute, even if the store fails.
  void take_over() { outstanding_.take_over(); }
  // The store does not work, so nothing new is known about other processes. Forgets an outstanding
  // mute that nobody wants and that only other processes have to end.
  void alone(Moment now);
  // A call of this target is perhaps not muted. So no earlier acknowledgement counts any more, and
  // the mute is repeated as soon as the provider allows.
  void uncovered(Moment now);
  // The feed was lost, so the mute is repeated as often as without a feed.
  void feed_lost(const Terms& terms, Moment now);
  // From now on the mute of the extension covers this call, so it needs no unmute of its own.
  void covered_elsewhere();
  void sent(Attempt attempt) {
    assert(in_flight_ && "advance() has given a request");
    in_flight_->attempt = attempt;
  }
  // The store refused the unmute that advance() returned.
  void not_sent(Moment now);
  RequestEffect finished(const Outcome& outcome, const Terms& terms, Moment now);
  // The next request is sent without a pause, even if the server asked for one, because no time is
  // left.
  void forget_pause() { schedule_.clear(); }
  // A person waits for the next request. If the last one failed, the retry is due at once, unless
  // the provider has asked for a pause.
  void person_waits(Moment now);
  void cancelled() {
    assert(in_flight_ && "must_cancel() has said so");
    in_flight_->cancelled = true;
  }

  // Returns what to send now, if anything. The caller then calls sent() with the attempt.
  std::optional<Request> advance(const Terms& terms, Moment now);

  // --- Current state

  [[nodiscard]] MuteState state() const { return state_; }
  [[nodiscard]] bool wanted() const { return is_wanted(state_); }
  [[nodiscard]] bool held(const Terms& terms, Moment now) const;
  [[nodiscard]] bool told_to_wait(Moment now) const { return schedule_.told_to_wait(now); }
  [[nodiscard]] bool in_flight() const { return in_flight_.has_value(); }
  [[nodiscard]] bool in_flight(Attempt attempt) const {
    return in_flight_ && in_flight_->attempt == attempt;
  }
  // Call it only while in_flight().
  [[nodiscard]] Attempt attempt() const {
    assert(in_flight_);
    return in_flight_->attempt;
  }
  [[nodiscard]] std::optional<Command> command_in_flight() const;
  [[nodiscard]] bool maybe_muted() const { return outstanding_.stands(); }
  [[nodiscard]] bool confirmed() const { return outstanding_.confirmed(); }
  [[nodiscard]] bool idle() const { return state_ == MuteState::idle && !in_flight_; }
  // Whether the target may be forgotten: it is idle, and its last request was sent at least
  // kUnknownRepeat_ms ago. Before that, the target is kept because it knows how long its next
  // unmute must wait.
  [[nodiscard]] bool may_be_dropped(Moment now) const;
  // Whether a mute in flight must be cancelled: the browser has been gone for kFarewellMute_ms, and
  // nobody wants the mute any more. False after cancelled().
  [[nodiscard]] bool must_cancel(const Terms& terms, Moment now) const;
  [[nodiscard]] const std::optional<Error>& problem() const { return problem_; }
  // Returns true once after the outstanding mute was given up, which happens after kLongestCall_ms.
  bool gave_up() { return std::exchange(gave_up_, false); }
  [[nodiscard]] std::optional<Steady> next_deadline(const Terms& terms) const;

 private:
  struct InFlight {
    Attempt attempt = 0;
    Command command = Command::mute;
    Steady sent_at{};
    bool maybe_muted_before = false;
    Acknowledgement acknowledgement_before;
    bool overtaken = false;  // an unmute of another process was in flight at the same time
    bool cancelled = false;
  };

  void on(MuteEvent event) { state_ = after(state_, event); }
  [[nodiscard]] MuteEvent event_of_wanted(const Terms& terms, Moment now) const;
  [[nodiscard]] bool acknowledged(const Terms& terms, Moment now) const;
  void take_turn(const Terms& terms);
  void found_outstanding(Moment now);
  void on_outstanding_mute(bool outstanding, const Terms& terms, Moment now);
  void on_shared_acknowledgement(const std::optional<Moment>& sent_at, const Terms& terms,
                                 Moment now);
  [[nodiscard]] bool keeps_muted(const Terms& terms) const;
  [[nodiscard]] bool leaves_mute_to_others(const Terms& terms) const;
  [[nodiscard]] std::optional<Command> next_command(const Terms& terms, Moment now) const;
  bool mute_ended(const InFlight& ended, const Outcome& outcome, const Terms& terms, Moment now);
  bool unmute_ended(const Outcome& outcome, const Terms& terms, Moment now);
  void drop_problem();
  void failed(const Outcome& outcome, const Terms& terms, Moment now);
  void let_old_facts_lapse(const Terms& terms, Moment now);

  Target target_;
  MuteState state_ = MuteState::idle;
  bool by_others_ = false;
  std::optional<InFlight> in_flight_;
  Acknowledgement acknowledgement_;
  Outstanding outstanding_;
  SendSchedule schedule_;
  std::optional<Steady> last_sent_at_;
  bool gave_up_ = false;
  std::optional<Error> problem_;
};

}  // namespace cardmute::engine
