// Joins the engine to the store: what the engine decides is written before it is done, and what
// other hosts of this user do is brought to it. No HTTP and no frames: run/loop.cpp and
// run/caretaker.cpp carry those, and tests/host/simulation puts a network of its own in their
// place.
//
// The rule of the house: nothing is sent that was not first written to the store, and what is
// written is the outcome as well as the intention. (Where the store fails, it is sent all the
// same.)
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "engine/engine.hpp"
#include "store/store.hpp"

namespace cardmute::run {

// How often the store is looked at: always; while others want the mute, or it is owed; and while
// another's unmute is on its way, because only then can it be overtaken by a mute that counts.
inline constexpr int kLook_ms = 1000;
inline constexpr int kLookSoon_ms = 250;
inline constexpr int kLookNow_ms = 20;

class Session {
 public:
  // `seed` decides the jitter of retries and nothing else.
  Session(std::uint32_t seed, store::Settings store, engine::Moment now);

  // --- what happens; see engine::Engine. Call take_actions() after each.

  void configure(engine::Settings settings, store::Absence absence, engine::Moment now);
  void no_configuration(std::string reason, engine::Moment now);
  void open(engine::Ticket ticket, const store::Lease& lease, engine::Moment now);
  void close(engine::Ticket ticket, const std::string& surface, const std::string& reason,
             engine::Moment now);
  void visible(const std::string& surface, double ago_ms, engine::Moment now);
  void active(const std::string& surface, engine::Moment now);
  void typed_card(const std::string& surface, double ago_ms, engine::Moment now);
  // The agent goes on although the mute may not be held.
  void continued(const std::string& surface, engine::Moment now);
  void override_with(engine::Ticket ticket, protocol::OverrideMode mode, engine::Moment now);
  void finished(engine::Attempt attempt, const engine::Outcome& outcome, engine::Moment now);
  void listed(engine::Attempt attempt, const engine::CallList& list, engine::Moment now);
  // Gives whether somebody has to care for what this browser has left: leases whose grace runs.
  bool browser_gone(engine::Moment now);
  void tick(engine::Moment now);
  // After browser_gone(): nobody could be found to wait out the grace of this process' leases.
  void give_up_leases(engine::Moment now);
  // The machine goes down, and no process of this user lives long enough for anybody's grace.
  void hurry(engine::Moment now);

  // What the carrier has to do: Send, Ask, Cancel and Answer. (Owe and WriteOff are done.)
  std::vector<engine::Action> take_actions();
  [[nodiscard]] engine::Steady next_deadline(engine::Moment now) const;

  // What a browser says of a rule, and the rules that there are: for the store, in its own time.
  void report(store::RuleReport report) { store_.report(std::move(report)); }
  void keep_only_rules(std::vector<std::string> names) { store_.keep_only_rules(std::move(names)); }

  // Nothing else is to be done now: the store may use the disk.
  void rest(engine::Moment now) { store_.rest(now); }
  // This process ends in good order.
  void leave(engine::Moment now) { store_.leave(now); }

  // The engine's status, and what the store adds to it.
  [[nodiscard]] const protocol::Status& status() const { return status_; }
  [[nodiscard]] const engine::Engine& engine() const { return engine_; }
  // For a caretaker: nothing is left that wants anybody's care but that of living hosts.
  [[nodiscard]] bool nothing_to_care_for() const;
  [[nodiscard]] const std::string& store_failure() const { return store_.failure(); }

 private:
  void follow(engine::Moment now);
  void tell_leases(bool with_next, engine::Moment now);
  void tell_all_again(engine::Moment now);
  void carry_out(const engine::Action& action, engine::Moment now);
  void heard(const engine::Shared& shared, engine::Moment now);
  void look(engine::Moment now);
  void look_at_others(engine::Moment now);
  void note_exposures();
  void keep_account(engine::Moment now);

  store::Store store_;
  engine::Engine engine_;
  store::Absence absence_;
  engine::Shared shared_;
  engine::Steady next_look_{};

  std::unordered_map<std::string, store::Lease> surfaces_;  // what the ledger calls them
  std::map<std::string, bool> told_;  // the leases as the store has them -> suspended
  std::string closing_reason_;
  std::map<engine::Attempt, store::RequestId> requests_;
  std::vector<engine::Action> actions_;
  std::optional<engine::Moment> exposed_since_;
  bool told_idle_ = false;
  protocol::Status status_;
};

}  // namespace cardmute::run
