// The processes that share the store; see processes.hpp.
#include "store/processes.hpp"

#include <vector>

#include "store/leases.hpp"
#include "store/requests.hpp"

namespace cardmute::store {

bool is_alive(const Books& books, const platform::ProcessIdentity& process) {
  return process.boot == books.boot() && books.settings.is_alive(process);
}

HostId find_registration(Books& books) {
  const auto& self = books.settings.self;
  return books.database
      .number("SELECT id FROM host WHERE boot = ? AND pid = ? AND started = ? AND gone = 0",
              self.boot, self.pid, self.started)
      .value_or(0);
}

HostId registered(Books& books) {
  if (books.self != 0) return books.self;
  const auto& self = books.settings.self;
  const auto& browser = books.settings.browser;
  books.database.run(
      "INSERT INTO host(boot, pid, started, browser_boot, browser_pid, browser_started, caller) "
      "VALUES(?, ?, ?, ?, ?, ?, ?)",
      self.boot, self.pid, self.started, browser.boot, browser.pid, browser.started,
      books.settings.caller);
  books.self = books.database.last_id();
  return books.self;
}

void find_dead(Books& books) {
  std::vector<HostId> dead;
  {
    auto found = books.database.query(
        "SELECT id, boot, pid, started FROM host WHERE gone = 0 AND id <> ?", books.self);
    while (found.step()) {
      if (!is_alive(books, {found.text(1), found.integer(2), found.integer(3)})) {
        dead.push_back(found.integer(0));
      }
    }
  }
  for (const HostId host : dead) bury(books, host);
}

void bury(Books& books, HostId host) {
  orphan_leases(books, host);
  doubt_requests(books, host);
  books.database.run("UPDATE host SET gone = 1 WHERE id = ?", host);
  remove_empty_hosts(books);
}

void remove_empty_hosts(Books& books) {
  books.database.run(
      "DELETE FROM host WHERE gone = 1 AND id NOT IN (SELECT host FROM lease) "
      "AND id NOT IN (SELECT host FROM flight)");
}

}  // namespace cardmute::store
