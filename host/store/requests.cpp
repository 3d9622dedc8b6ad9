#include "store/requests.hpp"

#include <vector>

#include "store/entries.hpp"
#include "store/hosts.hpp"
#include "store/leases.hpp"
#include "store/outcome_file.hpp"
#include "store/outstanding.hpp"
#include "store/target_columns.hpp"

namespace cardmute::store {

namespace {

// Whether an unmute of this target by another process is in flight.
bool other_unmute_in_flight(TransactionContext& context, const Target& target) {
  return context.database
      .number(
          "SELECT 1 FROM flight WHERE command = 'unmute' AND target_by = ? AND target = ? "
          "AND host <> ? AND doubt = 0 AND asked_us > ? LIMIT 1",
          target.by, target.value, context.self, context.now_us() - kStale_ms * kUs_per_ms)
      .has_value();
}

// Whether an unmute of another process is in flight that may end a mute of this target.
bool may_be_overtaken(TransactionContext& context, const Target& target) {
  return context.database
      .number(
          "SELECT 1 FROM flight WHERE command = 'unmute' AND ((target_by = ? AND target = ?) "
          "OR host IN (SELECT id FROM host WHERE caller = ?)) "
          "AND host <> ? AND doubt = 0 AND asked_us > ? LIMIT 1",
          target.by, target.value, kByHand, context.self, context.now_us() - kStale_ms * kUs_per_ms)
      .has_value();
}

// Whether a mute of this target, by any process, is in flight or may still be carried out.
bool mute_may_be_on_its_way(TransactionContext& context, const Target& target) {
  return context.database
      .number(
          "SELECT 1 FROM flight WHERE command = 'mute' AND target_by = ? AND target = ? "
          "AND asked_us > CASE doubt WHEN 0 THEN ? ELSE ? END LIMIT 1",
          target.by, target.value, context.now_us() - kStale_ms * kUs_per_ms,
          context.now_us() - kUnknownOutcome_ms * kUs_per_ms)
      .has_value();
}

// `was_new`: the mutes in flight have created the outstanding mute. Only then is the outstanding
// mute removed if the last of them is rejected.
void set_debt_was_new(TransactionContext& context, const Target& target, bool was_new) {
  context.database.run(
      "UPDATE flight SET debt_was_new = ? WHERE command = 'mute' AND target_by = ? AND target = ?",
      was_new, target.by, target.value);
}

void end_mute(TransactionContext& context, const Ended& ended, bool debt_was_new, bool overtaken) {
  const Target& target = ended.asked.target;
  if (ended.outcome.acknowledged() || ended.outcome.outcome_unknown) {
    keep_outstanding_mute(context, target);
    if (ended.outcome.outcome_unknown || !ended.counts || overtaken) return;
    context.database.run(
        "UPDATE debt SET ack_us = ?, ack_utc_ms = ? WHERE boot = ? AND target_by = ? AND target = "
        "? "
        "AND (ack_us IS NULL OR ack_us < ?)",
        std::int64_t{ended.asked.at.steady.count()}, std::int64_t{ended.asked.at.utc.count()},
        context.boot(), target.by, target.value, std::int64_t{ended.asked.at.steady.count()});
    return;
  }
  if (!debt_was_new) return;
  if (mute_may_be_on_its_way(context, target)) {
    set_debt_was_new(context, target, true);  // now the other mutes in flight decide
  } else {
    remove_outstanding_mute(context, target);
  }
}

void end_unmute(TransactionContext& context, const Ended& ended) {
  if (!ended.settled) return;
  const Target& target = ended.asked.target;
  context.database.run("DELETE FROM left_muted WHERE target_by = ? AND target = ?", target.by,
                       target.value);
  // A mute that was in flight at the same time may have arrived after the unmute, so the mute wins.
  const bool mute_meanwhile =
      context.database
          .number(
              "SELECT 1 FROM debt WHERE target_by = ? AND target = ? AND boot = ? "
              "AND mute_us > ?",
              target.by, target.value, context.boot(), std::int64_t{ended.asked.at.steady.count()})
          .has_value();
  // A call that is over cannot be muted by a request that is still in flight.
  const bool call_is_over = ended.outcome.error == ErrorCode::call_not_found;
  if (!call_is_over && (mute_meanwhile || mute_may_be_on_its_way(context, target))) {
    forget_acknowledgement(context, target);
  } else {
    remove_outstanding_mute(context, target);
  }
}

Begun record_request(TransactionContext& context, Command command, const Target& target,
                     bool debt_was_new) {
  context.database.run(
      "INSERT INTO flight(host, command, target_by, target, asked_us, debt_was_new, "
      "unmute_was_in_flight) VALUES(?, ?, ?, ?, ?, ?, ?)",
      registered(context), name_of(command), target.by, target.value, context.now_us(),
      debt_was_new, may_be_overtaken(context, target));
  return {.request = context.database.last_id()};
}

// The outcomes in the file of the process, some of which may be in the store already. Returns none
// for a process of another boot, whose clock was another one.
std::vector<Ended> outcomes_of(TransactionContext& context, HostId host) {
  auto found = context.database.query("SELECT boot, pid, started FROM host WHERE id = ?", host);
  if (!found.step() || found.text(0) != context.boot()) return {};
  return read_outcomes(
      outcome_file(context.settings.file, {found.text(0), found.integer(1), found.integer(2)}));
}

void take_over_outcomes(TransactionContext& context, HostId host) {
  for (Ended& ended : outcomes_of(context, host)) {
    {
      auto found = context.database.query(
          "SELECT command, target_by, target FROM flight WHERE id = ? AND asked_us = ? AND host = "
          "?",
          ended.asked.request, std::int64_t{ended.asked.at.steady.count()}, host);
      const auto target = found.step() ? read_target(found, 1) : std::nullopt;
      if (!target) continue;  // the outcome is in the store already
      ended.asked.target = *target;
      ended.asked.command =
          found.text(0) == name_of(Command::mute) ? Command::mute : Command::unmute;
    }
    end_request(context, ended);
    write_entry(context.database, entry_of(ended));
  }
}

}  // namespace

void keep_outstanding_mute(TransactionContext& context, const Target& target) {
  add_outstanding_mute(context, target);
  set_debt_was_new(context, target, false);
}

Begun begin_request(TransactionContext& context, Command command, const Target& target,
                    bool unless_wanted) {
  bool debt_was_new = false;
  if (command == Command::mute) {
    debt_was_new = add_outstanding_mute(context, target);
  } else {
    if (unless_wanted && mute_is_wanted(context)) return {.may_send = false};
    if (other_unmute_in_flight(context, target)) return {.may_send = false, .other_unmute = true};
    forget_acknowledgement(context, target);
    context.database.run(
        "UPDATE flight SET unmute_was_in_flight = 1 WHERE command = 'mute' AND target_by = ? "
        "AND target = ? AND host <> ?",
        target.by, target.value, context.self);
  }
  return record_request(context, command, target, debt_was_new);
}

Begun begin_unmute_by_hand(TransactionContext& context, const Target& target) {
  forget_all_acknowledgements(context);
  context.database.run(
      "UPDATE flight SET unmute_was_in_flight = 1 WHERE command = 'mute' AND host <> ?",
      context.self);
  return record_request(context, Command::unmute, target, false);
}

void end_request(TransactionContext& context, const Ended& ended) {
  const std::int64_t asked_us = ended.asked.at.steady.count();
  // If the request is no longer in the store, the outstanding mute stays, and its acknowledgement
  // does not count.
  bool debt_was_new = false;
  bool overtaken = true;
  {
    auto found = context.database.query(
        "SELECT debt_was_new, unmute_was_in_flight FROM flight WHERE id = ? AND asked_us = ?",
        ended.asked.request, asked_us);
    if (found.step()) {
      debt_was_new = found.integer(0) != 0;
      overtaken = found.integer(1) != 0;
    }
  }
  context.database.run(ended.outcome.outcome_unknown
                           ? "UPDATE flight SET doubt = 1 WHERE id = ? AND asked_us = ?"
                           : "DELETE FROM flight WHERE id = ? AND asked_us = ?",
                       ended.asked.request, asked_us);
  if (ended.asked.command == Command::mute) {
    end_mute(context, ended, debt_was_new, overtaken);
  } else {
    end_unmute(context, ended);
  }
}

Entry entry_of(const Ended& ended) {
  const auto& outcome = ended.outcome;
  Entry entry = entry_of(EntryKind::request, ended.at.utc);
  entry.command = name_of(ended.asked.command);
  entry.target = ended.asked.target;
  entry.outcome = outcome.error ? cardmute::name_of(*outcome.error) : kAcknowledged;
  if (outcome.http_status != 0) entry.http_status = outcome.http_status;
  entry.error_code = outcome.error_code;
  entry.latency_ms = outcome.latency_ms;
  return entry;
}

void mark_requests_unknown(TransactionContext& context, HostId host) {
  take_over_outcomes(context, host);
  std::vector<Entry> unknown;
  {
    auto found = context.database.query(
        "SELECT command, target_by, target FROM flight WHERE host = ? AND doubt = 0", host);
    while (found.step()) {
      Entry entry = entry_of(EntryKind::request, context.now.utc);
      entry.command = found.text(0);
      entry.target = read_target(found, 1);
      entry.outcome = kOutcomeUnknown;
      unknown.push_back(std::move(entry));
    }
  }
  for (const Entry& entry : unknown) {
    write_entry(context.database, entry);
    // The mute may have been carried out, so from now on no rejected mute clears the outstanding
    // mute.
    if (entry.target) set_debt_was_new(context, *entry.target, false);
  }
  context.database.run("UPDATE flight SET doubt = 1 WHERE host = ?", host);
}

void forget_old_requests(TransactionContext& context) {
  context.database.run("DELETE FROM left_muted WHERE boot = ? AND at_us <= ?", context.boot(),
                       context.now_us() - kLongestCall_ms * kUs_per_ms);
  context.database.run(
      "DELETE FROM flight WHERE (doubt = 1 AND asked_us <= ?) OR (host <> ? AND asked_us <= ?)",
      context.now_us() - kUnknownOutcome_ms * kUs_per_ms, context.self,
      context.now_us() - kStale_ms * kUs_per_ms);
}

}  // namespace cardmute::store
