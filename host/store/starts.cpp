#include "store/starts.hpp"

#include <algorithm>
#include <chrono>
#include <string_view>

#include "platform/machine.hpp"
#include "platform/process.hpp"
#include "store/deaths.hpp"
#include "store/entries.hpp"
#include "store/leases.hpp"
#include "store/sharing.hpp"

namespace cardmute::store {

namespace {

std::vector<HostId> hosts_of(TransactionContext& context, const std::string& start) {
  std::vector<HostId> hosts;
  auto found = context.database.query("SELECT id FROM host WHERE boot = ?", start);
  while (found.step()) hosts.push_back(found.integer(0));
  return hosts;
}

// Whether two lists of identities (platform::machine_identities()) have an identity in common.
bool have_one_in_common(std::string_view one, const std::string& other) {
  const std::string others = "," + other + ",";
  while (!one.empty()) {
    const auto identity = one.substr(0, one.find(','));
    if (!identity.empty() && others.find("," + std::string(identity) + ",") != std::string::npos) {
      return true;
    }
    one.remove_prefix(std::min(one.size(), identity.size() + 1));
  }
  return false;
}

// Makes the leases and outstanding mutes of the boot `start` those of this boot. The leases get no
// grace.
void take_over_start(TransactionContext& context, const std::string& start) {
  for (const HostId host : hosts_of(context, start)) bury(context, host);
  Database& database = context.database;
  database.run(
      "UPDATE lease SET orphaned_us = ? WHERE host IN (SELECT id FROM host WHERE boot = ?)",
      context.now_us() - kAnyGrace_ms * kUs_per_ms, start);
  // The times in these rows are of the other boot's clock.
  database.run("DELETE FROM flight WHERE host IN (SELECT id FROM host WHERE boot = ?)", start);
  database.run("UPDATE host SET boot = ? WHERE boot = ?", context.boot(), start);
  database.run(
      "INSERT INTO debt(boot, target_by, target, mute_us) "
      "SELECT ?, target_by, target, ? FROM debt WHERE boot = ? ON CONFLICT DO NOTHING",
      context.boot(), context.now_us(), start);
}

void forget_start(TransactionContext& context, const std::string& start) {
  for (const HostId host : hosts_of(context, start)) {
    orphan_leases(context, host);
    context.database.run("DELETE FROM lease WHERE host = ?", host);
    context.database.run("DELETE FROM flight WHERE host = ?", host);
  }
  context.database.run("DELETE FROM host WHERE boot = ?", start);
}

}  // namespace

void register_start(TransactionContext& context) {
  context.database.run(
      "INSERT INTO machine_start(boot, machine) VALUES(?, ?) ON CONFLICT DO NOTHING",
      context.boot(), context.settings.machine);
}

std::vector<OtherStart> other_starts(TransactionContext& context) {
  std::vector<OtherStart> starts;
  const std::string& own = context.settings.machine;
  auto found = context.database.query(
      "SELECT boot, machine FROM (SELECT boot FROM machine_start UNION SELECT boot FROM host UNION "
      "SELECT boot FROM debt) LEFT JOIN machine_start USING (boot) WHERE boot <> ?",
      context.boot());
  while (found.step()) {
    // A boot without a row in machine_start was recorded by an older version, which only this
    // machine can have run. A machine without an identity recognises no earlier boot, because
    // another machine may have no identity either.
    const bool same = !own.empty() && (found.is_null(1) || have_one_in_common(own, found.text(1)));
    starts.push_back({found.text(0), same});
  }
  return starts;
}

bool StartWatch::is_over(const OtherStart& start, const Settings& settings, engine::Steady now) {
  if (start_is_alive(settings, start.boot)) {
    missing_since_.erase(start.boot);
    return false;
  }
  if (start.of_this_machine) return true;
  const auto since = missing_since_.try_emplace(start.boot, now).first->second;
  return now - since >= std::chrono::milliseconds(kMissing_ms);
}

void end_other_starts(TransactionContext& context, StartWatch& watch) {
  for (const OtherStart& start : other_starts(context)) {
    if (!watch.is_over(start, context.settings, context.now.steady)) continue;
    if (start.of_this_machine) {
      take_over_start(context, start.boot);
    } else {
      forget_start(context, start.boot);
    }
    context.database.run("DELETE FROM debt WHERE boot = ?", start.boot);
    context.database.run("DELETE FROM left_muted WHERE boot = ?", start.boot);
    context.database.run("DELETE FROM machine_start WHERE boot = ?", start.boot);
  }
}

bool start_is_alive(const Settings& settings, const std::string& start) {
  if (settings.start_is_alive) return settings.start_is_alive(start);
  return platform::LifeSign::seen(life_sign_of(settings.file, start));
}

}  // namespace cardmute::store
