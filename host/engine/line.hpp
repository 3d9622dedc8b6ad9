// The requests to one target: what is wanted of it, what is acknowledged, retries and re-assertion.
// Engine owns one for the extension, and one for each call that is muted by its ivrid; nobody else
// uses it.
//
// Wanted and not freshly acknowledged: mute. Not wanted and maybe muted: unmute. One request in
// flight; when it lands, the newest wish decides.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>

#include "engine/backoff.hpp"
#include "engine/bounds.hpp"
#include "engine/moment.hpp"
#include "engine/outcome.hpp"
#include "engine/settings.hpp"
#include "engine/shared.hpp"
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
// Voicenter knows no extension to unmute for this long: there is no call left either.
inline constexpr int kDeniedUnmute_ms = 2 * 60 * 1000;
// While a request is in doubt (kDoubt_ms) its opposite is repeated at this interval.
inline constexpr int kDoubtRepeat_ms = 500;

// One request to the provider.
using Attempt = std::uint64_t;

// What an outcome meant, for the store.
struct Landed {
  bool counts = false;   // a mute's acknowledgement that may be relied on
  bool settled = false;  // an unmute after which nothing is owed
};

class Line {
 public:
  // What decides besides the line itself.
  struct Terms {
    const Settings* settings = nullptr;  // null: no valid configuration, nothing is sent
    std::optional<Steady> gone_at;       // the browser has gone
    bool leave_muted = false;            // and its mute is left to the end of the call
    // By call, and a call may be wanted that this process does not know of yet: only a list of
    // calls that was asked for after the newest mute says that it is not.
    bool calls_wanted = false;
    std::optional<Steady> list_from;
  };
  // What is to be sent.
  struct Request {
    Command command = Command::mute;
    int timeout_ms = 0;
  };

  Line(protocol::Target target, std::uint32_t seed) : target_(std::move(target)), backoff_(seed) {}

  [[nodiscard]] const protocol::Target& target() const { return target_; }

  // --- what happens

  // The mute is wanted from now on, or no longer. `by_others` only: whoever wants it sends, and
  // this process waits whether they do.
  void wish(bool wanted, bool by_others, const Terms& terms, Moment now);
  // There is a new configuration: what was tried is tried anew.
  void start_over();
  // The same target under another name: what is owed goes with it.
  void retarget(protocol::Target target) { target_ = std::move(target); }
  // What the store knows of this target; null: nothing is owed.
  void heard(const Owed* owed, const Terms& terms, Moment now);
  // A mute stands here without this process having sent one.
  void owe(Moment now);
  // The store does not work: nothing is known of the others.
  void alone() { others_unmute_ = false; }
  // A call of this target is not covered: no acknowledgement so far counts any more.
  void uncovered(Moment now);
  void sent(Attempt attempt) { in_flight_->attempt = attempt; }
  // The store refused the unmute that advance() gave.
  void not_sent(Moment now);
  Landed finished(const Outcome& outcome, const Terms& terms, Moment now);
  void browser_gone();
  void cancelled() { in_flight_->cancelled = true; }

  // What to send now, if anything; its number is expected through sent().
  std::optional<Request> advance(const Terms& terms, Moment now);

  // --- what is true now

  [[nodiscard]] bool wanted() const { return wanted_; }
  [[nodiscard]] bool held(const Terms& terms, Moment now) const;
  [[nodiscard]] bool told_to_wait(Moment now) const;
  [[nodiscard]] bool in_flight() const { return in_flight_.has_value(); }
  [[nodiscard]] bool in_flight(Attempt attempt) const {
    return in_flight_ && in_flight_->attempt == attempt;
  }
  [[nodiscard]] Attempt attempt() const { return in_flight_->attempt; }
  [[nodiscard]] std::optional<Command> command_in_flight() const;
  [[nodiscard]] bool maybe_muted() const { return maybe_muted_; }
  [[nodiscard]] bool confirmed() const { return confirmed_; }
  [[nodiscard]] bool mute_failed() const { return mute_failed_; }
  [[nodiscard]] bool idle() const { return !wanted_ && !maybe_muted_ && !in_flight_; }
  // Idle, and nobody who owes it anew has to be kept from sending at once.
  [[nodiscard]] bool may_be_dropped(Moment now) const;
  // The mute in flight has had its part of the farewell.
  [[nodiscard]] bool must_cancel(const Terms& terms, Moment now) const;
  [[nodiscard]] const std::optional<protocol::Error>& problem() const { return problem_; }
  // True once after the debt was given up, because no call can be left.
  bool gave_up() { return std::exchange(gave_up_, false); }
  [[nodiscard]] std::optional<Steady> next_deadline(const Terms& terms) const;

 private:
  struct InFlight {
    Attempt attempt = 0;
    Command command = Command::mute;
    Steady sent_at{};
    bool maybe_muted_before = false;
    std::optional<Moment> acknowledged_before;
    Steady only_after_before{};
    bool overtaken = false;  // another process' unmute was in flight at the same time
    bool cancelled = false;
  };

  void take_turn(const Terms& terms);
  void heard_of_debt(bool owed, Moment now);
  void heard_of_acknowledgement(const std::optional<Moment>& sent_at, const Terms& terms,
                                Moment now);
  [[nodiscard]] static bool counts(const Moment& acknowledged_at, const Terms& terms, Moment now);
  [[nodiscard]] bool keeps_muted(const Terms& terms) const;
  [[nodiscard]] static bool in_doubt(const std::optional<Steady>& since, Moment now);
  [[nodiscard]] std::optional<Command> next_command(const Terms& terms, Moment now) const;
  bool mute_ended(const InFlight& ended, const Outcome& outcome, const Terms& terms, Moment now);
  bool unmute_ended(const Outcome& outcome, const Terms& terms, Moment now);
  void failed(const Outcome& outcome, const Terms& terms, Moment now);
  void let_old_facts_lapse(const Terms& terms, Moment now);

  protocol::Target target_;
  bool wanted_ = false;
  bool by_others_ = false;
  std::optional<InFlight> in_flight_;
  bool maybe_muted_ = false;
  bool confirmed_ = false;    // a mute was acknowledged, and no unmute since
  bool mute_failed_ = false;  // since the wish arose or the mute was last acknowledged
  std::optional<Moment> acknowledged_at_;
  Steady only_after_{Steady::min()};  // acknowledgements of mutes that were sent earlier are void
  std::optional<Steady> last_sent_at_;
  Steady mute_known_at_{Steady::min()};  // the newest mute, by anyone
  std::optional<Steady> next_send_at_;   // a re-assertion or a retry; nothing: as soon as wanted
  bool told_to_wait_ = false;            // next_send_at_ follows a 403, 429 or 5xx: nobody jumps it
  std::optional<Steady> unmute_owed_since_;
  std::optional<Steady> mute_doubted_at_;    // when the last mute without an answer was given up
  std::optional<Steady> unmute_doubted_at_;  // the same of an unmute
  bool others_unmute_ = false;               // another process' unmute is in flight
  bool gave_up_ = false;
  Backoff backoff_;
  std::optional<protocol::Error> problem_;
};

}  // namespace cardmute::engine
