// Requests and debts; see requests.hpp.
#include "store/requests.hpp"

#include <vector>

#include "store/entries.hpp"
#include "store/leases.hpp"
#include "store/processes.hpp"

namespace cardmute::store {

namespace {

// An unmute of another process is on its way.
bool other_unmute_in_flight(Books& books, const Target& target) {
  return books.database
      .number(
          "SELECT 1 FROM flight WHERE command = 'unmute' AND target_by = ? AND target = ? "
          "AND host <> ? AND doubt = 0 AND asked_us > ? LIMIT 1",
          target.by, target.value, books.self, books.now_us() - kStale_ms * kUs_per_ms)
      .has_value();
}

// A mute of anyone is on its way, or may be.
bool mute_may_be_on_its_way(Books& books, const Target& target) {
  return books.database
      .number(
          "SELECT 1 FROM flight WHERE command = 'mute' AND target_by = ? AND target = ? "
          "AND asked_us > CASE doubt WHEN 0 THEN ? ELSE ? END LIMIT 1",
          target.by, target.value, books.now_us() - kStale_ms * kUs_per_ms,
          books.now_us() - kDoubt_ms * kUs_per_ms)
      .has_value();
}

void forget_acknowledgement(Books& books, const Target& target) {
  books.database.run(
      "UPDATE debt SET ack_us = NULL, ack_utc_ms = NULL WHERE target_by = ? AND target = ?",
      target.by, target.value);
}

// Whether a denial may take the debt away again is a question of who made it.
void set_debt_was_new(Books& books, const Target& target, bool was_new) {
  books.database.run(
      "UPDATE flight SET debt_was_new = ? WHERE command = 'mute' AND target_by = ? AND target = ?",
      was_new, target.by, target.value);
}

void end_mute(Books& books, const Ended& ended, bool debt_was_new, bool overtaken) {
  const Target& target = ended.asked.target;
  if (ended.outcome.acknowledged() || ended.outcome.in_doubt) {
    owe_for_good(books, target);
    if (ended.outcome.in_doubt || !ended.counts || overtaken) return;
    books.database.run(
        "UPDATE debt SET ack_us = ?, ack_utc_ms = ? WHERE target_by = ? AND target = ? "
        "AND (ack_us IS NULL OR ack_us < ?)",
        std::int64_t{ended.asked.at.steady.count()}, std::int64_t{ended.asked.at.utc.count()},
        target.by, target.value, std::int64_t{ended.asked.at.steady.count()});
    return;
  }
  if (!debt_was_new) return;
  if (mute_may_be_on_its_way(books, target)) {
    set_debt_was_new(books, target, true);  // the others decide
  } else {
    remove_debt(books, target);
  }
}

void end_unmute(Books& books, const Ended& ended) {
  if (!ended.settled) return;
  const Target& target = ended.asked.target;
  books.database.run("DELETE FROM left_muted WHERE target_by = ? AND target = ?", target.by,
                     target.value);
  // A mute that was on its way at the same time may have come behind it: mute wins.
  const bool mute_meanwhile =
      books.database
          .number(
              "SELECT 1 FROM debt WHERE target_by = ? AND target = ? AND boot = ? "
              "AND mute_us > ?",
              target.by, target.value, books.boot(), std::int64_t{ended.asked.at.steady.count()})
          .has_value();
  // Nothing that is still on its way finds a call that is over.
  const bool call_is_over = ended.outcome.error == ErrorCode::call_not_found;
  if (!call_is_over && (mute_meanwhile || mute_may_be_on_its_way(books, target))) {
    forget_acknowledgement(books, target);
  } else {
    remove_debt(books, target);
  }
}

}  // namespace

std::string_view name_of(Command command) { return command == Command::mute ? "mute" : "unmute"; }

bool add_debt(Books& books, const Target& target) {
  const bool was_there =
      books.database
          .number("SELECT 1 FROM debt WHERE target_by = ? AND target = ?", target.by, target.value)
          .has_value();
  books.database.run(
      "INSERT INTO debt(target_by, target, boot, mute_us) VALUES(?, ?, ?, ?) "
      "ON CONFLICT DO UPDATE SET ack_us = CASE WHEN boot = excluded.boot THEN ack_us END, "
      "boot = excluded.boot, mute_us = excluded.mute_us",
      target.by, target.value, books.boot(), books.now_us());
  return !was_there;
}

void owe_for_good(Books& books, const Target& target) {
  add_debt(books, target);
  set_debt_was_new(books, target, false);
}

void remove_debt(Books& books, const Target& target) {
  books.database.run("DELETE FROM debt WHERE target_by = ? AND target = ?", target.by,
                     target.value);
}

std::optional<RequestId> begin_request(Books& books, Command command, const Target& target,
                                       bool unless_wanted) {
  bool debt_was_new = false;
  const bool other_unmute = other_unmute_in_flight(books, target);
  if (command == Command::mute) {
    debt_was_new = add_debt(books, target);
  } else {
    if ((unless_wanted && mute_is_wanted(books)) || other_unmute) return std::nullopt;
    forget_acknowledgement(books, target);
    books.database.run(
        "UPDATE flight SET unmute_was_in_flight = 1 WHERE command = 'mute' AND target_by = ? "
        "AND target = ? AND host <> ?",
        target.by, target.value, books.self);
  }
  books.database.run(
      "INSERT INTO flight(host, command, target_by, target, asked_us, debt_was_new, "
      "unmute_was_in_flight) VALUES(?, ?, ?, ?, ?, ?, ?)",
      registered(books), name_of(command), target.by, target.value, books.now_us(), debt_was_new,
      other_unmute);
  return books.database.last_id();
}

void end_request(Books& books, const Ended& ended) {
  const std::int64_t asked_us = ended.asked.at.steady.count();
  // What the file does not know any more is taken for what promises least.
  bool debt_was_new = false;
  bool overtaken = true;
  {
    auto found = books.database.query(
        "SELECT debt_was_new, unmute_was_in_flight FROM flight WHERE id = ? AND asked_us = ?",
        ended.asked.request, asked_us);
    if (found.step()) {
      debt_was_new = found.integer(0) != 0;
      overtaken = found.integer(1) != 0;
    }
  }
  books.database.run(ended.outcome.in_doubt
                         ? "UPDATE flight SET doubt = 1 WHERE id = ? AND asked_us = ?"
                         : "DELETE FROM flight WHERE id = ? AND asked_us = ?",
                     ended.asked.request, asked_us);
  if (ended.asked.command == Command::mute) {
    end_mute(books, ended, debt_was_new, overtaken);
  } else {
    end_unmute(books, ended);
  }
}

void doubt_requests(Books& books, HostId host) {
  std::vector<Entry> unknown;
  {
    auto found = books.database.query(
        "SELECT command, target_by, target FROM flight WHERE host = ? AND doubt = 0", host);
    while (found.step()) {
      Entry entry = entry_of("request", books.now.utc);
      entry.command = found.text(0);
      entry.target = Target{found.text(1), found.text(2)};
      entry.outcome = "unknown";
      unknown.push_back(std::move(entry));
    }
  }
  for (const Entry& entry : unknown) {
    write_entry(books.database, entry);
    // It may have been carried out: nobody's denial takes the debt away any more.
    set_debt_was_new(books, *entry.target, false);
  }
  books.database.run("UPDATE flight SET doubt = 1 WHERE host = ?", host);
}

void forget_old_requests(Books& books) {
  books.database.run("DELETE FROM left_muted WHERE boot <> ? OR at_us <= ?", books.boot(),
                     books.now_us() - kLongestCall_ms * kUs_per_ms);
  books.database.run(
      "DELETE FROM flight WHERE id IN (SELECT flight.id FROM flight "
      "JOIN host ON host.id = flight.host WHERE host.boot <> ? "
      "OR (doubt = 1 AND asked_us <= ?) OR (host <> ? AND asked_us <= ?))",
      books.boot(), books.now_us() - kDoubt_ms * kUs_per_ms, books.self,
      books.now_us() - kStale_ms * kUs_per_ms);
}

}  // namespace cardmute::store
