#include "store/deaths.hpp"

#include <vector>

#include "store/hosts.hpp"
#include "store/leases.hpp"
#include "store/requests.hpp"

namespace cardmute::store {

void find_dead(TransactionContext& context) {
  std::vector<HostId> dead;
  {
    auto found = context.database.query(
        "SELECT id, boot, pid, started FROM host WHERE gone = 0 AND id <> ? AND boot = ?",
        context.self, context.boot());
    while (found.step()) {
      if (!is_alive(context, {found.text(1), found.integer(2), found.integer(3)})) {
        dead.push_back(found.integer(0));
      }
    }
  }
  for (const HostId host : dead) bury(context, host);
}

void bury(TransactionContext& context, HostId host) {
  orphan_leases(context, host);
  mark_requests_unknown(context, host);
  context.database.run("UPDATE host SET gone = 1 WHERE id = ?", host);
  remove_empty_hosts(context);
}

}  // namespace cardmute::store
