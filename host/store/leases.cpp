// Leases; see leases.hpp.
#include "store/leases.hpp"

#include <vector>

#include "store/entries.hpp"
#include "store/processes.hpp"
#include "store/requests.hpp"

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

void tell(Books& books, const char* kind, const LeaseRow& lease, std::string_view detail) {
  Entry entry = entry_of(kind, books.now.utc);
  entry.surface = lease.surface;
  entry.origin = lease.origin;
  entry.detail = detail;
  write_entry(books.database, entry);
}

bool delete_lease(Books& books, HostId host, std::string_view surface) {
  return books.database.run("DELETE FROM lease WHERE host = ? AND surface = ?", host, surface) > 0;
}

// True: a process before this one, under the same browser, had it.
bool take_over(Books& books, const std::string& surface) {
  const auto& browser = books.settings.browser;
  std::vector<HostId> left;
  {
    auto found = books.database.query(
        "SELECT host.id, host.boot, host.pid, host.started, lease.orphaned_us FROM lease "
        "JOIN host ON host.id = lease.host WHERE lease.surface = ? AND lease.host <> ? "
        "AND browser_boot = ? AND browser_pid = ? AND browser_started = ?",
        surface, books.self, browser.boot, browser.pid, browser.started);
    while (found.step()) {
      if (!found.is_null(4) ||
          !is_alive(books, {found.text(1), found.integer(2), found.integer(3)})) {
        left.push_back(found.integer(0));
      }
    }
  }
  for (const HostId host : left) delete_lease(books, host, surface);
  if (!left.empty()) remove_empty_hosts(books);
  return !left.empty();
}

// The call stays muted to its end, and nobody is to end it.
void leave_muted(Books& books) {
  std::vector<Target> debts;
  {
    // By extension a debt of a single call is of one that left before: it is unmuted all the same.
    auto found = books.database.query(
        "SELECT target_by, target FROM debt WHERE target_by = 'extension' OR NOT EXISTS("
        "SELECT 1 FROM debt WHERE target_by = 'extension')");
    while (found.step()) debts.push_back({found.text(0), found.text(1)});
  }
  for (const Target& target : debts) {
    Entry entry = entry_of("left_muted", books.now.utc);
    entry.target = target;
    write_entry(books.database, entry);
    books.database.run(
        "INSERT OR REPLACE INTO left_muted(target_by, target, boot, at_us) VALUES(?, ?, ?, ?)",
        target.by, target.value, books.boot(), books.now_us());
    remove_debt(books, target);
  }
}

}  // namespace

void put_lease(Books& books, const Lease& lease) {
  const HostId self = registered(books);
  if (books.database.run("UPDATE lease SET origin = ?, reason = ?, suspended = ?, "
                         "orphaned_us = NULL WHERE host = ? AND surface = ?",
                         lease.origin, lease.reason, lease.suspended, self, lease.surface) > 0) {
    return;
  }
  const bool taken_over = take_over(books, lease.surface);
  books.database.run(
      "INSERT INTO lease(host, surface, origin, reason, suspended, opened_utc_ms) "
      "VALUES(?, ?, ?, ?, ?, ?)",
      self, lease.surface, lease.origin, lease.reason, lease.suspended,
      std::int64_t{books.now.utc.count()});
  // A manual mute stands in the ledger as an override, by whoever took the agent's word.
  if (lease.surface != kManualMute) {
    tell(books, "surface_open", {self, lease.surface, lease.origin},
         taken_over ? "taken over" : lease.reason);
  }
}

void remove_lease(Books& books, std::string_view surface, std::string_view reason) {
  const auto held = lease_rows(books.database.query(
      "SELECT host, surface, origin, suspended FROM lease WHERE host = ? AND surface = ?",
      books.self, surface));
  for (const LeaseRow& lease : held) {
    delete_lease(books, lease.host, lease.surface);
    if (lease.surface != kManualMute) tell(books, "surface_close", lease, reason);
  }
}

void release_forgotten(Books& books, const std::set<std::string, std::less<>>& held) {
  const auto leases = lease_rows(books.database.query(
      "SELECT host, surface, origin, suspended FROM lease WHERE host = ? AND orphaned_us IS NULL",
      books.self));
  for (const LeaseRow& lease : leases) {
    if (!held.contains(lease.surface)) remove_lease(books, lease.surface, "told late");
  }
}

void orphan_leases(Books& books, HostId host) {
  const auto held = lease_rows(books.database.query(
      "SELECT host, surface, origin, suspended FROM lease WHERE host = ? AND orphaned_us IS NULL",
      host));
  for (const LeaseRow& lease : held) tell(books, "surface_lost", lease, "");
  books.database.run("UPDATE lease SET orphaned_us = ? WHERE host = ? AND orphaned_us IS NULL",
                     books.now_us(), host);
}

void drop_orphans(Books& books, HostId host) {
  const auto orphans =
      lease_rows(books.database.query("SELECT host, surface, origin, suspended FROM lease WHERE "
                                      "host = ? AND orphaned_us IS NOT NULL",
                                      host));
  for (const LeaseRow& lease : orphans) {
    delete_lease(books, lease.host, lease.surface);
    tell(books, "surface_settled", lease, "");
  }
}

void end_graces(Books& books, const Absence& absence) {
  const auto over = lease_rows(books.database.query(
      "SELECT host, surface, origin, suspended FROM lease JOIN host ON host.id = lease.host "
      "WHERE orphaned_us IS NOT NULL AND (host.boot <> ? OR orphaned_us + ? <= ?)",
      books.boot(), absence.grace_ms * kUs_per_ms, books.now_us()));
  bool ended_one = false;
  for (const LeaseRow& lease : over) {
    delete_lease(books, lease.host, lease.surface);
    tell(books, "surface_settled", lease, "");
    ended_one = ended_one || !lease.suspended;
  }
  if (ended_one && !absence.resume && !mute_is_wanted(books)) leave_muted(books);
}

bool mute_is_wanted(Books& books) {
  return books.database.number("SELECT 1 FROM lease WHERE suspended = 0 LIMIT 1").has_value();
}

}  // namespace cardmute::store
