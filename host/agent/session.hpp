// Connects the engine to the store: records the engine's decisions before they are carried out, and
// tells the engine what other hosts of this user do. It does not send requests or frames:
// agent/loop.cpp and agent/settler.cpp do. tests/host/simulation replaces them with a simulated
// network.
//
// Every request is written to the store before it is sent, and its outcome usually after the reply;
// see finished(). If the store fails, the request is sent nevertheless. If the process is killed
// between reply and writing, the acknowledgement is in a file (store/outcome_file.hpp).
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "agent/form_calls.hpp"
#include "agent/lease_records.hpp"
#include "agent/ledger_entries.hpp"
#include "engine/engine.hpp"
#include "store/store.hpp"

namespace cardmute::agent {

// How often to read the store. kRefreshSoon_ms applies while this or another process has a lease, a
// mute is outstanding, or a mute or unmute of this process is in flight. kRefreshNow_ms applies
// while an unmute of another process is in flight, since the mute must be sent again as soon as
// that unmute has ended.
inline constexpr int kRefresh_ms = 2000;
inline constexpr int kRefreshSoon_ms = 250;
inline constexpr int kRefreshNow_ms = 20;

class Session {
 public:
  // `seed` only affects the jitter of retries.
  Session(std::uint32_t seed, store::Settings store, engine::Moment now);

  // --- Events; see engine::Engine. Call take_actions() after each.

  void configure(engine::Settings settings, store::Absence absence, engine::Moment now);
  void no_configuration(std::string reason, engine::Moment now);
  void open(engine::Ticket ticket, const store::Lease& lease, engine::Moment now);
  void close(engine::Ticket ticket, const std::string& surface, const std::string& reason,
             engine::Moment now);
  void visible(const std::string& surface, double ago_ms, engine::Moment now);
  void active(const std::string& surface, engine::Moment now);
  void typed_card(const std::string& surface, double ago_ms, engine::Moment now);
  // The agent continued although the mute may not be held. `seen`: whether the banner was on top;
  // nullopt: unknown.
  void continued(const std::string& surface, std::optional<bool> seen, engine::Moment now);
  // `event`: banner_not_seen or overlay_failed.
  void overlay_reported(store::EntryKind event, const std::string& surface, engine::Moment now);
  void override_with(engine::Ticket ticket, engine::OverrideMode mode, engine::Moment now);
  // If the outcome is an acknowledgement, and no other process has written to the store meanwhile,
  // the outcome is kept in memory and in a file (store/outcome_file.hpp) at first. So the reply
  // need not wait for the store.
  void finished(engine::Attempt attempt, const engine::Outcome& outcome, engine::Moment now);
  void listed(engine::Attempt attempt, const engine::CallList& list, engine::Moment now);
  // `live`: whether the provider's feed sends each change of the calls from now on; see
  // engine::Engine.
  void feed(bool live, engine::Moment now);
  void calls_changed(const engine::CallList& list, engine::Moment now);
  // Returns whether a settler is needed: for the leases of this browser until their grace is over,
  // or for those of another process, which may be dead. False if the store does not work.
  bool browser_gone(engine::Moment now);
  void tick(engine::Moment now);
  // Call this after browser_gone() if a settler is needed and none runs. Ends this process's leases
  // at once, since nobody waits for the end of their grace.
  void give_up_leases(engine::Moment now);
  // Call this when the machine is shutting down: every grace ends at once, because no process of
  // this user can wait for its end.
  void hurry(engine::Moment now);

  // The actions that the caller has to carry out: Send, RequestCalls, Cancel and Answer. Session
  // itself carries out the others.
  std::vector<engine::Action> take_actions();
  [[nodiscard]] engine::Steady next_deadline(engine::Moment now) const;

  void add_entry(store::Entry entry) { store_.add_entry(std::move(entry)); }
  // The next two functions pass on a browser's report about a rule, and a browser's hello. The
  // store writes them when there is nothing else to do.
  void report(store::RuleReport report) { store_.report(std::move(report)); }
  void said_hello(store::BrowserHello hello) { store_.said_hello(std::move(hello)); }
  // Returns nullopt if this process may request the list of active calls now. All processes share
  // one interval, so the others must then wait until kCallsTurn_ms after end_calls_request(), or
  // after the request's timeout. Otherwise returns the earliest time to try again.
  std::optional<engine::Steady> begin_calls_request(int timeout_ms, engine::Moment now) {
    return store_.begin_calls_request({kCallsTurn_ms, timeout_ms}, now);
  }
  // The request has an answer or has failed. For the engine's own requests, listed() calls this.
  void end_calls_request(engine::Moment now) { store_.end_calls_request({kCallsTurn_ms}, now); }
  void keep_only_rules(std::vector<std::string> names) { store_.keep_only_rules(std::move(names)); }

  // Writes the outcomes that finished() has kept in memory. Call it when nobody waits. New actions
  // may follow.
  void write_outcomes(engine::Moment now);
  // Call it when there is nothing else to do. Records that the host ran in this minute; the store
  // may use the disk.
  void rest(engine::Moment now);
  // Call it before this process ends normally.
  void leave(engine::Moment now) { store_.leave(now); }

  // The engine's status, with the store's notices added.
  [[nodiscard]] const engine::Status& status() const { return status_; }
  [[nodiscard]] const engine::Engine& engine() const { return engine_; }
  // For a settler: whether nothing is left to do, apart from mutes that running hosts will end.
  [[nodiscard]] bool nothing_to_settle() const;
  [[nodiscard]] const std::string& store_failure() const { return store_.failure(); }
  // A defect that was noticed in this process, for the log; empty if there was none.
  [[nodiscard]] const std::string& defect() const { return defect_; }

 private:
  static constexpr int kCallsTurn_ms = engine::kCallsInterval_ms + engine::kCallsMargin_ms;

  void follow(engine::Moment now);
  void record_leases(bool with_next, engine::Moment now);
  engine::Shared record(const LeaseRecords::Change& change, bool with_next, engine::Moment now);
  engine::Shared record_all_again(engine::Moment now);
  void carry_out(const engine::Action& action, engine::Moment now);
  void apply_shared(engine::Shared shared, engine::Moment now);
  void refresh(engine::Moment now);
  void refresh_others(engine::Moment now);
  void record_exposures();
  void record_form_calls(engine::Moment now);
  void update_status(engine::Moment now);

  store::Store store_;
  engine::Engine engine_;
  store::Absence absence_;
  engine::Shared shared_;
  engine::Steady next_look_{};

  LeaseRecords leases_;
  FormCalls form_calls_;
  std::string closing_reason_;
  std::string defect_;
  std::map<engine::Attempt, store::RequestId> requests_;
  std::vector<engine::Action> actions_;
  StatusEntries status_entries_;
  bool has_browser_ = false;
  std::optional<store::Minute> minute_;  // the newest minute that was recorded
  engine::Status status_;
};

}  // namespace cardmute::agent
