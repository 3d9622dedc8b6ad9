// The decisions of the host as a state machine: leases, desired state, acknowledgements, retries
// and re-assertion. Events and times go in, actions come out. It has no I/O, no clock and no
// thread, so tests can run hours of it in a moment. agent/session.cpp connects it to the store.
//
// A mute is wanted while a lease that is not suspended exists in any browser of the user: an open
// surface, a manual mute or a delayed unmute. mute_target.hpp describes what follows for one
// target. With target "extension" there is one MuteTarget for the extension, and one for each call
// that has to be unmuted by its own ID. With target "call" there is one for each call.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/call_tracker.hpp"
#include "engine/exposures.hpp"
#include "engine/moment.hpp"
#include "engine/mute_target.hpp"
#include "engine/outcome.hpp"
#include "engine/settings.hpp"
#include "engine/shared.hpp"
#include "engine/status.hpp"
#include "engine/surfaces.hpp"
#include "engine/unmute_delay.hpp"
#include "engine/waiting_replies.hpp"

namespace cardmute::engine {

struct Send {
  Attempt attempt = 0;
  Command command = Command::mute;
  Target target;
  int timeout_ms = 0;
  // Send this unmute only if no process of this user wants the mute; the store may have a newer
  // lease than the engine knows. False if a mute is wanted, but not on this target: then the unmute
  // is sent in any case.
  bool unless_wanted = false;
};
// Request the list of active calls. The outcome is passed to listed(), or calls_not_requested() is
// called if no request was sent.
struct RequestCalls {
  Attempt attempt = 0;
  int timeout_ms = 0;
};
// End this attempt now. The outcome is still passed to finished().
struct Cancel {
  Attempt attempt = 0;
};
struct Answer {
  Ticket ticket = 0;
  std::optional<Error> error;
};
// Record in the store that a mute is outstanding on a target to which no mute was sent. The target
// is a call that was muted through its extension and perhaps not unmuted with it, or it is that of
// a new configuration.
struct AddOutstanding {
  Target target;
};
// Record in the store that no mute is outstanding on the target any more: the mute was given up,
// has moved to another target, or belongs to a call that the extension's mute covers.
struct DropOutstanding {
  Target target;
};
// Unmutes are delayed from now on (see unmute_delay.hpp). Record it in the ledger.
struct RecordUnmuteDelay {};
using Action = std::variant<Send, RequestCalls, Cancel, Answer, AddOutstanding, DropOutstanding,
                            RecordUnmuteDelay>;

// While the store does not work, the last known leases of other processes count for this long, so
// that a store that fails for a moment ends no mute of theirs. Afterwards this process ends its own
// mutes.
inline constexpr int kLeasesKept_ms = 60 * 1000;

class Engine {
 public:
  // A lease of this browser, as the store records it. A suspended one does not keep the call muted:
  // the form is idle and `resume_when_idle` is set, or the agent has chosen to record although the
  // form is open.
  struct Lease {
    enum class Of { surface, manual_mute, unmute_delay };

    Of of = Of::surface;
    std::string surface = {};
    bool suspended = false;
  };

  // `seed` only affects the jitter of retries.
  Engine(std::uint32_t seed, Moment now);

  // Sets a valid configuration. It may be called while may_be_configured() is true; if the target
  // and the requests stay the same, it is enough that in_flight() is false. An outstanding mute of
  // the old target that is not known to have been acknowledged moves to the new target, because the
  // old target was most likely wrong. The feed counts as lost until feed() is called.
  void configure(Settings settings, Moment now);
  // There is no valid configuration; `reason` says why. Call this only before the first
  // configure().
  void no_configuration(std::string reason, Moment now);

  void open(Ticket ticket, const std::string& surface, Moment now);
  void close(Ticket ticket, const std::string& surface, Moment now);
  // The surface's form became visible `ago` before `now`. This affects only take_exposures().
  void visible(const std::string& surface, Steady ago, Moment now);
  // The user types into the surface.
  void active(const std::string& surface, Moment now);
  // The user typed into a card field `ago` before `now`. This affects only take_exposures().
  void typed_card(const std::string& surface, Steady ago, Moment now);
  void override_with(Ticket ticket, OverrideMode mode, Moment now);
  // The combined state of all hosts, from the store.
  void shared(const Shared& shared, Moment now);
  // The store refused the unmute, so the Send was not carried out. The caller must call shared()
  // next.
  void not_sent(Attempt attempt, Moment now);
  // A RequestCalls was not carried out, because another process has requested the list. This
  // process may request it from `may_ask` on.
  void calls_not_requested(Steady may_ask);
  RequestEffect finished(Attempt attempt, const Outcome& outcome, Moment now);
  // Returns false if the answer to this request is no longer awaited.
  bool listed(Attempt attempt, const CallList& list, Moment now);
  // `live`: whether each change of the extension's calls is passed to calls_changed() from now on.
  void feed(bool live, Moment now);
  // The provider has sent this list of the extension's calls unasked. If the list is not complete,
  // other calls may exist too.
  void calls_changed(const CallList& listed, Moment now);
  // The browser closed the pipe. Its leases no longer belong to this process.
  void browser_gone(Moment now);
  // This process must end soon, so every request that is planned for later is sent at once.
  void hurry(Moment now);
  // Call this when next_deadline() has passed.
  void tick(Moment now);

  // Returns what to do now, in the order in which it must be done. Call it after every event.
  std::vector<Action> take_actions();
  // Returns the exposures that were measured since the last call.
  std::vector<Exposure> take_exposures() { return exposures_.take(); }
  // When tick() must be called at the latest; nullopt if only an event can change something.
  [[nodiscard]] std::optional<Steady> next_deadline(Moment now) const;

  [[nodiscard]] const Status& status() const { return status_; }
  [[nodiscard]] std::vector<Lease> leases(Moment now) const;
  // The targets that may be muted.
  [[nodiscard]] std::vector<Target> outstanding_mutes() const;
  // Whether no mute is wanted or outstanding, no request is in flight, and no call still has to be
  // checked in the list of active calls.
  [[nodiscard]] bool idle() const;
  // Whether a new configuration leaves no mute behind: no request is in flight, and no acknowledged
  // mute is outstanding.
  [[nodiscard]] bool may_be_configured() const;
  [[nodiscard]] bool in_flight() const;
  // When this process last requested the list. Call it before listed(), which may lead to the next
  // request.
  [[nodiscard]] Steady asked_at() const { return calls_.asked_at().value_or(Steady{}); }
  // Whether another process has an unmute in flight. The provider may carry that unmute out after a
  // mute of this process, so the store must be read often meanwhile.
  [[nodiscard]] bool others_unmute() const { return others_unmute_; }
  // Whether a call is in progress, by the newest list of active calls; nullopt if there is none
  // that is fresh (CallTracker::list_is_fresh()).
  [[nodiscard]] std::optional<bool> call_in_progress(Moment now) const {
    return calls_.call_in_progress(now);
  }
  // The calls of the newest list; empty if there is none that is fresh.
  [[nodiscard]] std::vector<ListedCall> calls_now(Moment now) const {
    return calls_.calls_now(now);
  }
  [[nodiscard]] bool feed_is_live() const { return calls_.feed_is_live(); }
  // By when the feed must bring a new list of all calls: an event may have been lost, or the last
  // unmute of the extension may have missed a call. nullopt if the feed is not live, or no new list
  // is needed.
  [[nodiscard]] std::optional<Steady> list_due() const;
  // Whether the browser has gone and this process may end: nothing is left to do, or no time is
  // left to do it.
  [[nodiscard]] bool done(Moment now) const;
  // Whether a mute is outstanding that another process may have to end, because this process lacks
  // the time.
  [[nodiscard]] bool leaves_work() const {
    return maybe_muted() && !leave_muted_ && (!wanted() || alone_since_);
  }

 private:
  // Current state (engine_facts.cpp)
  [[nodiscard]] bool wanted_here(Moment now) const;
  [[nodiscard]] bool wanted_by_forms(Moment now) const;
  [[nodiscard]] std::optional<Steady> form_mute_told_at() const;
  [[nodiscard]] bool wanted() const { return wanted_; }
  [[nodiscard]] bool by_call() const;
  [[nodiscard]] bool held_by_acknowledgement(Moment now) const;
  [[nodiscard]] bool held(Moment now) const;
  [[nodiscard]] bool only_delayed(Moment now) const;
  [[nodiscard]] bool mute_failed(Moment now) const;
  [[nodiscard]] bool told_to_wait(Moment now) const;
  [[nodiscard]] bool maybe_muted() const;
  [[nodiscard]] MuteState mute_state(Moment now) const;
  [[nodiscard]] std::optional<Error> problem(Moment now) const;
  [[nodiscard]] std::vector<Notice> notices(Moment now) const;
  [[nodiscard]] bool stands_by() const;
  [[nodiscard]] std::optional<Steady> next_calls_request() const;
  [[nodiscard]] bool no_list_comes(Moment now) const;
  [[nodiscard]] MuteTarget::Terms terms() const;
  [[nodiscard]] int reassert_ms() const;
  [[nodiscard]] const MuteTarget* main_target() const;
  [[nodiscard]] bool needed(const MuteTarget& mute_target) const;

  // What follows from the current state (engine_follow.cpp)
  MuteTarget* mute_target_of(const Target& target);
  MuteTarget* mute_target_of(Attempt attempt);
  void advance(Moment now);
  void take_shared(const Shared& shared, Moment now);
  void forget_old_leases(Moment now);
  void end_a_forgotten_manual_mute(Moment now);
  void update_desired_state(Moment now);
  void send(Moment now);
  void request_calls(Moment now);
  void drop_idle_targets(Moment now);
  void answer_who_need_not_wait(Moment now);
  void answer(Command awaited, const std::optional<Error>& error);
  void wait_for(Command awaited, Ticket ticket);
  void publish(Moment now);
  // The feed (engine_feed.cpp)
  void on_new_call(Moment now);
  void on_returned_calls(const CallList& list);
  [[nodiscard]] std::optional<Steady> calls_settled_at() const;
  void forget_settled_calls(const CallList& list, Moment now);
  // The list of active calls (engine_calls.cpp)
  bool on_list(const CallList& list, Steady asked_at, Moment now);
  void on_known_calls(Moment now);
  void compare(const CallList& list, bool held_when_asked, Moment now);
  void follow_the_calls(const CallList& list, Moment now);
  void call_is_over(const Target& target, Moment now);
  void end_a_manual_mute_with_its_call(Moment now);
  void end_manual_mute();
  void settle_the_calls(const CallList& list, Moment now);
  void add_outstanding_calls(const std::vector<std::string>& call_ids, Moment now);

  std::uint32_t seed_;
  std::optional<Settings> settings_;
  Surfaces surfaces_;
  Exposures exposures_;
  OverrideMode override_ = OverrideMode::automatic;
  std::optional<Steady> manual_since_;
  std::optional<Steady> form_mute_since_;  // since when forms have wanted the mute without a break
  UnmuteDelay unmute_delay_;
  Shared shared_;
  std::optional<Steady> alone_since_;  // when the store failed; nullopt while it works
  bool others_unmute_ = false;
  bool wanted_ = false;
  Steady wanted_changed_at_{};

  std::vector<std::unique_ptr<MuteTarget>> targets_;
  Attempt last_attempt_ = 0;
  bool targets_are_full_ = false;  // a target was refused, and none was dropped since then

  CallTracker calls_;
  std::optional<Steady> held_since_;  // since when the mute has been acknowledged without a gap
  // Since when no mute is wanted and the mute of the extension is over; nullopt while a mute is
  // wanted or not over.
  std::optional<Steady> released_at_;
  std::optional<Steady> new_call_until_;  // until when the newest call counts as new

  WaitingReplies waiting_;

  std::optional<Steady> gone_at_;
  // By the policy, the call stays muted after the browser has gone. The store decides that, so this
  // is set only if the store did not work at that time.
  bool leave_muted_ = false;
  std::optional<Error> configuration_problem_;
  Status status_;
  std::vector<Action> actions_;
};

}  // namespace cardmute::engine
