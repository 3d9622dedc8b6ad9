#include "agent/lease_records.hpp"

#include <algorithm>
#include <set>

namespace cardmute::agent {

namespace {

std::string surface_of(const engine::Engine::Lease& lease) {
  using Of = engine::Engine::Lease::Of;
  switch (lease.of) {
    case Of::surface:
      break;
    case Of::manual_mute:
      return store::kManualMute;
    case Of::unmute_delay:
      return store::kUnmuteDelay;
  }
  return lease.surface;
}

}  // namespace

void LeaseRecords::describe(const store::Lease& lease) {
  descriptions_.insert_or_assign(lease.surface, lease);
}

void LeaseRecords::forget_unless_recorded(const std::string& surface) {
  if (!suspended_.contains(surface)) descriptions_.erase(surface);
}

std::string LeaseRecords::origin_of(const std::string& surface) const {
  const auto known = descriptions_.find(surface);
  return known == descriptions_.end() ? std::string() : known->second.origin;
}

std::optional<LeaseRecords::Change> LeaseRecords::next_change(
    const std::vector<engine::Engine::Lease>& leases) {
  for (const auto& lease : leases) {
    const std::string surface = surface_of(lease);
    const auto recorded = suspended_.find(surface);
    if (recorded != suspended_.end() && recorded->second == lease.suspended) continue;
    suspended_[surface] = lease.suspended;
    const auto known = descriptions_.find(surface);
    store::Lease row =
        known == descriptions_.end() ? store::Lease{surface, "", "", false} : known->second;
    row.suspended = lease.suspended;
    return Change{row, false};
  }
  return suspended_.size() == leases.size() ? std::nullopt : next_release(leases);
}

// All leases of the engine are recorded by now. So a record without a lease in the engine belongs
// to a released lease.
std::optional<LeaseRecords::Change> LeaseRecords::next_release(
    const std::vector<engine::Engine::Lease>& leases) {
  std::set<std::string> held;
  for (const auto& lease : leases) held.insert(surface_of(lease));
  const auto released = std::ranges::find_if(
      suspended_, [&](const auto& record) { return !held.contains(record.first); });
  if (released == suspended_.end()) return std::nullopt;
  Change change{{released->first, "", "", false}, true};
  descriptions_.erase(released->first);
  suspended_.erase(released);
  return change;
}

bool LeaseRecords::want_mute() const {
  return std::ranges::any_of(suspended_, [](const auto& record) {
    return !record.second && record.first != store::kUnmuteDelay;
  });
}

}  // namespace cardmute::agent
