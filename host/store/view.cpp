// What all processes know together; see view.hpp.
#include "store/view.hpp"

#include <algorithm>

#include "store/questions.hpp"

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

std::vector<engine::Owed> read_owed(Books& books) {
  std::vector<engine::Owed> owed;
  // Of the requests only those count that are young enough to be carried out still.
  auto found = books.database.query(
      "SELECT target_by, target, CASE WHEN boot = ? THEN ack_us END, ack_utc_ms, "
      "EXISTS(SELECT 1 FROM flight WHERE command = 'unmute' AND target_by = debt.target_by "
      "  AND target = debt.target AND host <> ? AND doubt = 0 AND asked_us > ?), "
      "(SELECT max(asked_us) FROM flight WHERE command = 'unmute' AND target_by = debt.target_by "
      "  AND target = debt.target AND host <> ? AND doubt = 1 AND asked_us > ?) "
      "FROM debt ORDER BY target_by, target",
      books.boot(), books.self, books.now_us() - kStale_ms * kUs_per_ms, books.self,
      books.now_us() - kDoubt_ms * kUs_per_ms);
  while (found.step()) {
    engine::Owed one;
    one.target = {found.text(0), found.text(1)};
    if (!found.is_null(2)) {
      one.acknowledged_at = Moment{Steady(found.integer(2)), protocol::UtcTime(found.integer(3))};
    }
    one.unmute_in_flight = found.integer(4) != 0;
    if (!found.is_null(5)) one.unmute_doubted_at = Steady(found.integer(5));
    owed.push_back(std::move(one));
  }
  return owed;
}

}  // namespace

View read_view(Books& books, const Absence& absence) {
  View view;
  Database& database = books.database;
  view.shared.works = true;
  view.shared.leases_elsewhere = static_cast<std::size_t>(
      // What this process has orphaned is its own no more.
      database
          .number("SELECT count(*) FROM lease WHERE suspended = 0 AND "
                  "(host <> ? OR orphaned_us IS NOT NULL)",
                  books.self)
          .value_or(0));
  view.shared.owed = read_owed(books);
  view.shared.calls = read_calls(books);
  view.shared.left_muted =
      books.database
          .number("SELECT 1 FROM left_muted WHERE boot = ? AND at_us > ? LIMIT 1", books.boot(),
                  books.now_us() - kLongestCall_ms * kUs_per_ms)
          .has_value();
  view.shared.look_again_at = moment_of(database.number(
      "SELECT min(CASE WHEN host.boot = ? THEN orphaned_us + ? ELSE ? END) FROM lease "
      "JOIN host ON host.id = lease.host WHERE orphaned_us IS NOT NULL",
      books.boot(), absence.grace_ms * kUs_per_ms, books.now_us()));
  view.due = earlier(
      view.shared.look_again_at,
      moment_of(database.number(
          "SELECT min(CASE WHEN host.boot <> ? THEN ? WHEN doubt = 1 THEN asked_us + ? "
          "WHEN host <> ? THEN asked_us + ? END) FROM flight JOIN host ON host.id = flight.host",
          books.boot(), books.now_us(), kDoubt_ms * kUs_per_ms, books.self,
          kStale_ms * kUs_per_ms)));
  auto found =
      database.query("SELECT boot, pid, started FROM host WHERE gone = 0 AND id <> ?", books.self);
  while (found.step()) {
    view.others.push_back({found.text(0), found.integer(1), found.integer(2)});
  }
  return view;
}

}  // namespace cardmute::store
