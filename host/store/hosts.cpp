#include "store/hosts.hpp"

namespace cardmute::store {

bool is_alive(const TransactionContext& context, const platform::ProcessIdentity& process) {
  return process.boot == context.boot() && context.settings.is_alive(process);
}

HostId find_registration(TransactionContext& context) {
  const auto& self = context.settings.self;
  return context.database
      .number("SELECT id FROM host WHERE boot = ? AND pid = ? AND started = ? AND gone = 0",
              self.boot, self.pid, self.started)
      .value_or(0);
}

HostId registered(TransactionContext& context) {
  if (context.self != 0) return context.self;
  const auto& self = context.settings.self;
  const auto& browser = context.settings.browser;
  context.database.run(
      "INSERT INTO host(boot, pid, started, browser_boot, browser_pid, browser_started, caller) "
      "VALUES(?, ?, ?, ?, ?, ?, ?)",
      self.boot, self.pid, self.started, browser.boot, browser.pid, browser.started,
      context.settings.caller);
  context.self = context.database.last_id();
  return context.self;
}

void remove_empty_hosts(TransactionContext& context) {
  context.database.run(
      "DELETE FROM host WHERE gone = 1 AND id NOT IN (SELECT host FROM lease) "
      "AND id NOT IN (SELECT host FROM flight)");
}

}  // namespace cardmute::store
