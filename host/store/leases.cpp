#include "store/leases.hpp"

#include <utility>
#include <vector>

#include "store/entries.hpp"
#include "store/hosts.hpp"
#include "store/outstanding.hpp"
#include "store/target_columns.hpp"

namespace cardmute::store {

namespace {

struct LeaseRow {
  HostId host = 0;
  std::string surface;
  std::string origin;
  bool suspended = false;
};

std::vector<LeaseRow> lease_rows(Statement found) {
  std::vector<LeaseRow> rows;
  while (found.step()) {
    rows.push_back({found.integer(0), found.text(1), found.text(2), found.integer(3) != 0});
  }
  return rows;
}

void tell(TransactionContext& context, EntryKind kind, const LeaseRow& lease,
          std::string_view detail) {
  Entry entry = entry_of(kind, context.now.utc);
  entry.surface = lease.surface;
  entry.origin = lease.origin;
  entry.detail = detail;
  context.entries.write(context.database, entry);
}

bool delete_lease(TransactionContext& context, HostId host, std::string_view surface) {
  return context.database.run("DELETE FROM lease WHERE host = ? AND surface = ?", host, surface) >
         0;
}

// Whether the surface is a form. The manual mute (an override in the ledger) and the delay of an
// unmute are not.
bool is_form(std::string_view surface) { return surface != kManualMute && surface != kUnmuteDelay; }

// Deletes this lease of earlier processes of the same browser, if it is orphaned or its process is
// dead. Returns whether there was one.
bool take_over(TransactionContext& context, const std::string& surface) {
  const auto& browser = context.settings.browser;
  std::vector<HostId> left;
  {
    auto found = context.database.query(
        "SELECT host.id, host.boot, host.pid, host.started, lease.orphaned_us FROM lease "
        "JOIN host ON host.id = lease.host WHERE lease.surface = ? AND lease.host <> ? "
        "AND browser_boot = ? AND browser_pid = ? AND browser_started = ?",
        surface, context.self, browser.boot, browser.pid, browser.started);
    while (found.step()) {
      if (!found.is_null(4) ||
          !is_alive(context, {found.text(1), found.integer(2), found.integer(3)})) {
        left.push_back(found.integer(0));
      }
    }
  }
  for (const HostId host : left) delete_lease(context, host, surface);
  if (!left.empty()) remove_empty_hosts(context);
  return !left.empty();
}

// Records that the muted calls stay muted until they end. From now on no process unmutes them.
void leave_muted(TransactionContext& context) {
  std::vector<Target> debts;
  {
    // If the extension is muted, an outstanding mute of a single call belongs to a call that has
    // left the extension. Such a call is unmuted nevertheless.
    auto found = context.database.query(
        "SELECT target_by, target FROM debt WHERE boot = ?1 AND (target_by = 'extension' OR NOT "
        "EXISTS(SELECT 1 FROM debt WHERE boot = ?1 AND target_by = 'extension'))",
        context.boot());
    while (found.step()) {
      if (auto target = read_target(found, 0)) debts.push_back(std::move(*target));
    }
  }
  for (const Target& target : debts) {
    Entry entry = entry_of(EntryKind::left_muted, context.now.utc);
    entry.target = target;
    write_entry(context.database, entry);
    context.database.run(
        "INSERT OR REPLACE INTO left_muted(target_by, target, boot, at_us) VALUES(?, ?, ?, ?)",
        target.by, target.value, context.boot(), context.now_us());
    remove_outstanding_mute(context, target);
  }
}

}  // namespace

void put_lease(TransactionContext& context, const Lease& lease) {
  const HostId self = registered(context);
  if (context.database.run("UPDATE lease SET origin = ?, reason = ?, suspended = ?, "
                           "orphaned_us = NULL WHERE host = ? AND surface = ?",
                           lease.origin, lease.reason, lease.suspended, self, lease.surface) > 0) {
    return;
  }
  const bool taken_over = take_over(context, lease.surface);
  context.database.run(
      "INSERT INTO lease(host, surface, origin, reason, suspended, opened_utc_ms) "
      "VALUES(?, ?, ?, ?, ?, ?)",
      self, lease.surface, lease.origin, lease.reason, lease.suspended,
      std::int64_t{context.now.utc.count()});
  if (is_form(lease.surface)) {
    tell(context, EntryKind::surface_open, {self, lease.surface, lease.origin},
         taken_over ? "taken over" : lease.reason);
  }
}

void remove_lease(TransactionContext& context, std::string_view surface, std::string_view reason) {
  const auto held = lease_rows(context.database.query(
      "SELECT host, surface, origin, suspended FROM lease WHERE host = ? AND surface = ?",
      context.self, surface));
  for (const LeaseRow& lease : held) {
    delete_lease(context, lease.host, lease.surface);
    if (is_form(lease.surface)) tell(context, EntryKind::surface_close, lease, reason);
  }
}

void release_forgotten(TransactionContext& context,
                       const std::set<std::string, std::less<>>& held) {
  const auto leases = lease_rows(context.database.query(
      "SELECT host, surface, origin, suspended FROM lease WHERE host = ? AND orphaned_us IS NULL",
      context.self));
  for (const LeaseRow& lease : leases) {
    if (!held.contains(lease.surface)) remove_lease(context, lease.surface, "told late");
  }
}

void orphan_leases(TransactionContext& context, HostId host) {
  delete_lease(context, host, kUnmuteDelay);
  const auto held = lease_rows(context.database.query(
      "SELECT host, surface, origin, suspended FROM lease WHERE host = ? AND orphaned_us IS NULL",
      host));
  for (const LeaseRow& lease : held) tell(context, EntryKind::surface_lost, lease, "");
  context.database.run("UPDATE lease SET orphaned_us = ? WHERE host = ? AND orphaned_us IS NULL",
                       context.now_us(), host);
}

void drop_orphans(TransactionContext& context, HostId host) {
  const auto orphans =
      lease_rows(context.database.query("SELECT host, surface, origin, suspended FROM lease WHERE "
                                        "host = ? AND orphaned_us IS NOT NULL",
                                        host));
  for (const LeaseRow& lease : orphans) {
    delete_lease(context, lease.host, lease.surface);
    tell(context, EntryKind::surface_settled, lease, "");
  }
}

void end_graces(TransactionContext& context, const Absence& absence) {
  const auto over = lease_rows(context.database.query(
      "SELECT host, surface, origin, suspended FROM lease JOIN host ON host.id = lease.host "
      "WHERE orphaned_us IS NOT NULL AND host.boot = ? AND orphaned_us + ? <= ?",
      context.boot(), absence.grace_ms * kUs_per_ms, context.now_us()));
  bool ended_one = false;
  for (const LeaseRow& lease : over) {
    delete_lease(context, lease.host, lease.surface);
    tell(context, EntryKind::surface_settled, lease, "");
    ended_one = ended_one || !lease.suspended;
  }
  if (ended_one && !absence.resume && !mute_is_wanted(context)) leave_muted(context);
}

bool mute_is_wanted(TransactionContext& context) {
  return context.database.number("SELECT 1 FROM lease WHERE suspended = 0 LIMIT 1").has_value();
}

}  // namespace cardmute::store
