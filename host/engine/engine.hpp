// The decisions of the host as a state machine: leases, what is wanted and what is acknowledged,
// retries and re-assertion. Events and the time go in, actions come out; no I/O, no clock, no
// thread. run/ carries events in and actions out; tests live through hours of it in a moment.
//
// Two facts decide everything. Wanted: a lease lives, which is an open surface (unless the agent
// records over it) or a manual mute. Maybe muted: a mute may have been carried out, and no unmute
// was acknowledged since.
//
// Wanted and not freshly acknowledged: mute. Not wanted and maybe muted: unmute. One request in
// flight; when it lands, the newest wish decides.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/backoff.hpp"
#include "engine/moment.hpp"
#include "engine/outcome.hpp"
#include "engine/surfaces.hpp"
#include "protocol/status.hpp"

namespace cardmute::engine {

// An acknowledgement counts for this many re-assertion intervals.
inline constexpr int kAcknowledged_intervals = 3;
// The calendar clock may be set forward by so much without an acknowledgement growing old by it.
inline constexpr int kClockStep_ms = 1000;
// After the browser has gone, everything ends within this time; browsers kill after 2 s at the
// earliest (measured: Chromium 2 s, Firefox 3 s).
inline constexpr int kFarewell_ms = 1350;
// Of it, how long one unmute may take: a connection that died in silence must leave time for
// another.
inline constexpr int kFarewellAttempt_ms = 450;
// Of it, how long a mute that is still in flight may take before the unmute has to be sent.
inline constexpr int kFarewellMute_ms = 600;
// No call lasts longer: an unmute that never succeeded is given up.
inline constexpr int kLongestCall_ms = 4 * 60 * 60 * 1000;
// Voicenter knows no extension to unmute for this long: there is no call left either.
inline constexpr int kDeniedUnmute_ms = 2 * 60 * 1000;
// A request in doubt may still be on its way, and be carried out behind a later one. For so long
// its opposite is repeated at this interval.
inline constexpr int kDoubt_ms = 10 * 1000;
inline constexpr int kDoubtRepeat_ms = 500;
// Requests of the browser that wait for one outcome.
inline constexpr std::size_t kMaxWaiting = 4096;

// The browser's request that an Answer belongs to.
using Ticket = std::uint64_t;
// One request to the provider.
using Attempt = std::uint64_t;

struct Send {
  Attempt attempt = 0;
  Command command = Command::mute;
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
using Action = std::variant<Send, Cancel, Answer>;

struct Settings {
  protocol::Target target;
  int timeout_ms = 2000;
  int reassert_ms = 2000;
  bool allow_record_override = false;
  // What happens to a mute whose browser vanished: ended, or left to the end of the call.
  bool resume_when_browser_gone = true;
};

class Engine {
 public:
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
  void override_with(Ticket ticket, protocol::OverrideMode mode, Moment now);
  void finished(Attempt attempt, const Outcome& outcome, Moment now);
  // The browser closed the pipe: its leases go with it.
  void browser_gone(Moment now);
  // Time has passed.
  void tick(Moment now);

  // What to do now, in order. Call after every event.
  std::vector<Action> take_actions();
  // When tick() must be called at the latest; nothing: not before the next event.
  [[nodiscard]] std::optional<Steady> next_deadline() const;

  [[nodiscard]] const protocol::Status& status() const { return status_; }
  // Nothing is wanted, owed or in flight.
  [[nodiscard]] bool idle() const;
  // Another configuration would leave no mute behind: nothing is in flight, and nothing that was
  // acknowledged is still to be ended.
  [[nodiscard]] bool may_be_configured() const { return !in_flight_ && !confirmed_; }
  [[nodiscard]] bool in_flight() const { return in_flight_.has_value(); }
  // The browser has gone, and nothing more is to be done or can be done in time.
  [[nodiscard]] bool done(Moment now) const;

 private:
  struct InFlight {
    Attempt attempt = 0;
    Command command = Command::mute;
    Steady sent_at{};
    bool maybe_muted_before = false;
    bool cancelled = false;
  };

  // What is true now
  [[nodiscard]] bool wanted() const;
  [[nodiscard]] bool held(Moment now) const;
  [[nodiscard]] bool told_to_wait(Moment now) const;
  [[nodiscard]] static bool in_doubt(const std::optional<Steady>& since, Moment now);
  [[nodiscard]] protocol::State state(Moment now) const;
  [[nodiscard]] std::optional<Command> next_command(Moment now) const;

  // What follows from it
  void wish_may_have_changed(bool was_wanted, Moment now);
  void mute_ended(const InFlight& ended, const Outcome& outcome, Moment now);
  void unmute_ended(const Outcome& outcome, Moment now);
  void failed(const Outcome& outcome, Moment now);
  void advance(Moment now);
  void let_old_facts_lapse(Moment now);
  void send(Command command, Moment now);
  void answer_who_need_not_wait(Moment now);
  void answer(std::vector<Ticket>& tickets, const std::optional<protocol::Error>& error);
  void wait(std::vector<Ticket>& tickets, Ticket ticket);
  void publish(Moment now);

  std::optional<Settings> settings_;
  Surfaces surfaces_;
  protocol::OverrideMode override_ = protocol::OverrideMode::automatic;

  std::optional<InFlight> in_flight_;
  Attempt last_attempt_ = 0;
  bool maybe_muted_ = false;
  bool confirmed_ = false;    // a mute was acknowledged, and no unmute since
  bool mute_failed_ = false;  // since the wish arose or the mute was last acknowledged
  std::optional<Moment> acknowledged_at_;
  std::optional<Steady> next_send_at_;  // a re-assertion or a retry; nothing: as soon as wanted
  bool told_to_wait_ = false;           // next_send_at_ follows a 403, 429 or 5xx: nobody jumps it
  std::optional<Steady> unmute_owed_since_;
  std::optional<Steady> mute_doubted_at_;    // when the last mute without an answer was given up
  std::optional<Steady> unmute_doubted_at_;  // the same of an unmute
  Backoff backoff_;

  std::vector<Ticket> waiting_for_mute_;
  std::vector<Ticket> waiting_for_unmute_;

  std::optional<Steady> gone_at_;
  bool leave_muted_ = false;  // the browser vanished in mid-payment and the policy is to stay muted
  std::optional<protocol::Error> problem_;
  protocol::Status status_;
  std::vector<Action> actions_;
};

}  // namespace cardmute::engine
