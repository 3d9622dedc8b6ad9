#include "store/view.hpp"

#include <algorithm>

#include "store/active_calls.hpp"
#include "store/starts.hpp"
#include "store/target_columns.hpp"

namespace cardmute::store {

namespace {

using engine::Steady;

std::optional<Steady> moment_of(std::optional<std::int64_t> us) {
  if (!us) return std::nullopt;
  return Steady(*us);
}

std::optional<Steady> earlier(std::optional<Steady> a, std::optional<Steady> b) {
  if (!a || !b) return a ? a : b;
  return std::min(*a, *b);
}

std::vector<engine::OutstandingMute> read_outstanding(TransactionContext& context) {
  std::vector<engine::OutstandingMute> outstanding;
  // Only unmutes that may still be carried out count. An unmute that a person has requested
  // concerns every target. Not materialized, because a temporary table would cost more than the
  // rest of the query.
  auto found = context.database.query(
      "WITH unmute AS NOT MATERIALIZED (SELECT target_by, target, asked_us, doubt, "
      "  EXISTS(SELECT 1 FROM host WHERE id = flight.host AND caller = ?1) AS of_all FROM flight "
      "  WHERE command = 'unmute' AND host <> ?2) "
      "SELECT target_by, target, ack_us, ack_utc_ms, "
      "EXISTS(SELECT 1 FROM unmute WHERE (of_all OR (unmute.target_by = debt.target_by "
      "  AND unmute.target = debt.target)) AND doubt = 0 AND asked_us > ?3), "
      "(SELECT max(asked_us) FROM unmute WHERE (of_all OR (unmute.target_by = debt.target_by "
      "  AND unmute.target = debt.target)) AND doubt = 1 AND asked_us > ?4), "
      "EXISTS(SELECT 1 FROM flight WHERE command = 'mute' AND flight.target_by = debt.target_by "
      "  AND flight.target = debt.target AND host = ?2 AND doubt = 0 AND unmute_was_in_flight = 1) "
      "FROM debt WHERE boot = ?5 ORDER BY target_by, target",
      kByHand, context.self, context.now_us() - kStale_ms * kUs_per_ms,
      context.now_us() - kUnknownOutcome_ms * kUs_per_ms, context.boot());
  while (found.step()) {
    const auto target = read_target(found, 0);
    if (!target) continue;
    engine::OutstandingMute one;
    one.target = *target;
    if (!found.is_null(2)) {
      one.acknowledged_at = Moment{Steady(found.integer(2)), UtcTime(found.integer(3))};
    }
    one.unmute_in_flight = found.integer(4) != 0;
    if (!found.is_null(5)) one.unmute_unknown_at = Steady(found.integer(5));
    one.own_mute_overtaken = found.integer(6) != 0;
    outstanding.push_back(std::move(one));
  }
  return outstanding;
}

std::vector<platform::ProcessIdentity> other_processes(TransactionContext& context) {
  std::vector<platform::ProcessIdentity> others;
  auto found = context.database.query(
      "SELECT boot, pid, started FROM host WHERE gone = 0 AND id <> ? AND boot = ?", context.self,
      context.boot());
  while (found.step()) others.push_back({found.text(0), found.integer(1), found.integer(2)});
  return others;
}

}  // namespace

View read_view(TransactionContext& context, const Absence& absence, const View* same_others) {
  View view;
  Database& database = context.database;
  view.shared.works = true;
  view.shared.leases_elsewhere = static_cast<std::size_t>(
      // Orphans of this process count as leases elsewhere. Leases of another boot count only while
      // a mute is outstanding here, because the hosts of that boot send the mutes for them.
      database
          .number("SELECT count(*) FROM lease JOIN host ON host.id = lease.host "
                  "WHERE suspended = 0 AND (host.id <> ?1 OR orphaned_us IS NOT NULL) "
                  "AND (host.boot = ?2 OR EXISTS(SELECT 1 FROM debt WHERE debt.boot = ?2))",
                  context.self, context.boot())
          .value_or(0));
  view.shared.held_by_the_living =
      view.shared.leases_elsewhere > 0 &&
      database
          .number(
              "SELECT 1 FROM lease JOIN host ON host.id = lease.host WHERE suspended = 0 AND "
              "orphaned_us IS NULL AND host.id <> ? AND host.boot = ? LIMIT 1",
              context.self, context.boot())
          .has_value();
  view.shared.outstanding = read_outstanding(context);
  view.shared.calls = read_calls(context);
  view.shared.left_muted =
      context.database
          .number("SELECT 1 FROM left_muted WHERE boot = ? AND at_us > ? LIMIT 1", context.boot(),
                  context.now_us() - kLongestCall_ms * kUs_per_ms)
          .has_value();
  view.shared.look_again_at = moment_of(
      database.number("SELECT min(orphaned_us + ?) FROM lease JOIN host ON host.id = lease.host "
                      "WHERE orphaned_us IS NOT NULL AND host.boot = ?",
                      absence.grace_ms * kUs_per_ms, context.boot()));
  view.due = earlier(
      view.shared.look_again_at,
      moment_of(database.number(
          "SELECT min(CASE WHEN doubt = 1 THEN asked_us + ? WHEN host <> ? THEN asked_us + ? END) "
          "FROM flight",
          kUnknownOutcome_ms * kUs_per_ms, context.self, kStale_ms * kUs_per_ms)));
  if (same_others != nullptr) {
    view.others = same_others->others;
    view.other_starts = same_others->other_starts;
  } else {
    view.others = other_processes(context);
    view.other_starts = other_starts(context);
  }
  return view;
}

}  // namespace cardmute::store
