// The decisions of the host as a state machine: leases, what is wanted and what is acknowledged,
// retries and re-assertion. Events and the time go in, actions come out; no I/O, no clock, no
// thread. run/session.cpp joins it to the store; tests live through hours of it in a moment.
//
// Wanted: a lease lives, which is an open surface (unless the agent records over it) or a manual
// mute, in this browser or another one of the same user. What follows for a target stands in
// line.hpp: with target "extension" there is one line, with target "call" one for each call.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/calls.hpp"
#include "engine/exposures.hpp"
#include "engine/line.hpp"
#include "engine/moment.hpp"
#include "engine/outcome.hpp"
#include "engine/settings.hpp"
#include "engine/shared.hpp"
#include "engine/surfaces.hpp"
#include "protocol/status.hpp"

namespace cardmute::engine {

// Requests of the browser that wait for one outcome.
inline constexpr std::size_t kMaxWaiting = 4096;
// Targets at a time; an extension has a handful of calls.
inline constexpr std::size_t kMaxLines = 64;

// The browser's request that an Answer belongs to.
using Ticket = std::uint64_t;

struct Send {
  Attempt attempt = 0;
  Command command = Command::mute;
  protocol::Target target;
  int timeout_ms = 0;
  // An unmute that is only right while nobody of this user wants the mute: the store may know more.
  // (The unmute of a call that left its extension is right all the same.)
  bool unless_wanted = false;
};
// The list of active calls; its outcome is expected through listed().
struct Ask {
  Attempt attempt = 0;
  int timeout_ms = 0;
};
// The attempt shall end now; its outcome is still expected through finished().
struct Cancel {
  Attempt attempt = 0;
};
struct Answer {
  Ticket ticket = 0;
  std::optional<protocol::Error> error;
};
// A mute stands on a target that nobody has sent one to: a call that left its extension.
struct Owe {
  protocol::Target target;
};
// No call can be left on a target.
struct WriteOff {
  protocol::Target target;
};
using Action = std::variant<Send, Ask, Cancel, Answer, Owe, WriteOff>;

class Engine {
 public:
  // What this browser holds, for the store.
  struct Lease {
    std::string surface;  // empty: the manual mute
    bool suspended = false;
  };

  // `seed` decides the jitter of retries and nothing else.
  Engine(std::uint32_t seed, Moment now);

  // A valid configuration. Only while may_be_configured(), or while nothing is in_flight() where
  // target and polarity stay as they are. An unmute that is owed goes to the new
  // target: what was never acknowledged was most likely sent to a wrong one.
  void configure(Settings settings, Moment now);
  // There is no valid configuration, for this reason. Only before the first configure().
  void no_configuration(std::string reason, Moment now);

  void open(Ticket ticket, const std::string& surface, Moment now);
  void close(Ticket ticket, const std::string& surface, Moment now);
  // Its form has been visible for so long. Says nothing about the wish: for take_exposures() only.
  void visible(const std::string& surface, Steady ago, Moment now);
  // Somebody types into it.
  void active(const std::string& surface, Moment now);
  // And so long ago into the field of a card: for take_exposures() only.
  void typed_card(const std::string& surface, Steady ago, Moment now);
  void override_with(Ticket ticket, protocol::OverrideMode mode, Moment now);
  // What the store says of all hosts together.
  void shared(const Shared& shared, Moment now);
  // A Send was not carried out, because the store refused the unmute; shared() follows.
  void not_sent(Attempt attempt, Moment now);
  // An Ask was not carried out: another process has asked, and may_ask says when this one may.
  void not_asked(Steady may_ask);
  Landed finished(Attempt attempt, const Outcome& outcome, Moment now);
  // False: nobody waits for that answer any more.
  bool listed(Attempt attempt, const CallList& list, Moment now);
  // The browser closed the pipe: its leases are no longer this process' own.
  void browser_gone(Moment now);
  // Time has passed.
  void tick(Moment now);

  // What to do now, in order. Call after every event.
  std::vector<Action> take_actions();
  // What was measured since the last time.
  std::vector<Exposure> take_exposures() { return exposures_.take(); }
  // When tick() must be called at the latest; nothing: not before the next event.
  [[nodiscard]] std::optional<Steady> next_deadline(Moment now) const;

  [[nodiscard]] const protocol::Status& status() const { return status_; }
  [[nodiscard]] std::vector<Lease> leases(Moment now) const;
  // The targets on which a mute may stand.
  [[nodiscard]] std::vector<protocol::Target> owed() const;
  // Nothing is wanted, owed or in flight.
  [[nodiscard]] bool idle() const;
  // Another configuration would leave no mute behind: nothing is in flight, and nothing that was
  // acknowledged is still to be ended.
  [[nodiscard]] bool may_be_configured() const;
  [[nodiscard]] bool in_flight() const;
  // When the list was asked for that listed() was last given.
  [[nodiscard]] Steady asked_at() const { return asked_at_.value_or(Steady{}); }
  // Another process' unmute may overtake what this one sends: look at the store often.
  [[nodiscard]] bool others_unmute() const { return others_unmute_; }
  // The browser has gone, and nothing more is to be done or can be done in time.
  [[nodiscard]] bool done(Moment now) const;
  // An unmute is owed that this process may not live to see through.
  [[nodiscard]] bool leaves_work() const { return maybe_muted() && !leave_muted_ && !wanted(); }

 private:
  // What is true now (engine_facts.cpp)
  [[nodiscard]] bool own_wish(Moment now) const;
  [[nodiscard]] bool wanted() const { return wanted_; }
  [[nodiscard]] bool by_call() const;
  [[nodiscard]] bool held_by_acknowledgement(Moment now) const;
  [[nodiscard]] bool held(Moment now) const;
  [[nodiscard]] bool mute_failed(Moment now) const;
  [[nodiscard]] bool told_to_wait(Moment now) const;
  [[nodiscard]] bool maybe_muted() const;
  [[nodiscard]] protocol::State state(Moment now) const;
  [[nodiscard]] std::optional<protocol::Error> problem(Moment now) const;
  [[nodiscard]] std::vector<protocol::Notice> notices(Moment now) const;
  [[nodiscard]] bool stands_by() const;
  [[nodiscard]] std::optional<Steady> next_ask() const;
  [[nodiscard]] bool list_is_fresh(Moment now) const;
  [[nodiscard]] bool no_list_comes(Moment now) const;
  [[nodiscard]] Line::Terms terms() const;
  [[nodiscard]] const Line* main_line() const;
  [[nodiscard]] bool needed(const Line& line) const;

  // What follows from it
  Line* line_of(const protocol::Target& target);
  Line* line_of(Attempt attempt);
  void advance(Moment now);
  void end_a_forgotten_manual_mute(Moment now);
  void follow_the_wish(Moment now);
  void send(Moment now);
  void ask(Moment now);
  void drop_idle_lines(Moment now);
  void answer_who_need_not_wait(Moment now);
  void answer(std::vector<Ticket>& tickets, const std::optional<protocol::Error>& error);
  void wait(std::vector<Ticket>& tickets, Ticket ticket);
  void publish(Moment now);
  // The list of active calls (engine_calls.cpp)
  void take_list(const CallList& list, Steady asked_at, Moment now);
  void take_known_calls(Moment now);
  void compare(const CallList& list, bool held_when_asked, Moment now);
  void follow_the_calls(const CallList& list, Moment now);
  void call_is_over(const protocol::Target& target, Moment now);
  void settle_the_calls(const CallList& list, Moment now);
  void owe_calls(const std::vector<std::string>& ivrids, Moment now);

  std::uint32_t seed_;
  std::optional<Settings> settings_;
  Surfaces surfaces_;
  Exposures exposures_;
  protocol::OverrideMode override_ = protocol::OverrideMode::automatic;
  std::optional<Steady> manual_since_;
  Shared shared_;
  bool others_unmute_ = false;
  bool wanted_ = false;
  Steady wish_changed_at_{};

  std::vector<std::unique_ptr<Line>> lines_;
  Attempt last_attempt_ = 0;

  Calls calls_;
  std::optional<Attempt> question_;
  std::optional<Steady> asked_at_;
  std::optional<Steady> held_since_;  // without a gap, by acknowledgements
  int unanswered_ = 0;
  std::optional<CallList> list_;  // the last usable one
  std::optional<Steady> list_from_;
  std::optional<protocol::Error> list_problem_;
  std::optional<bool> verified_;
  bool call_seen_ = false;  // since the wish arose

  std::vector<Ticket> waiting_for_mute_;
  std::vector<Ticket> waiting_for_unmute_;

  std::optional<Steady> gone_at_;
  bool leave_muted_ = false;  // the browser vanished in mid-payment and the policy is to stay muted
  std::optional<protocol::Error> configuration_problem_;
  protocol::Status status_;
  std::vector<Action> actions_;
};

}  // namespace cardmute::engine
