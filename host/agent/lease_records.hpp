// The leases of this process as the store has recorded them, so that only changes are written.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/engine.hpp"
#include "store/store.hpp"

namespace cardmute::agent {

class LeaseRecords {
 public:
  struct Change {
    store::Lease lease;
    bool released = false;  // false: the lease was acquired, or its `suspended` has changed
  };

  // Sets what the store records about a surface besides its ID. Without this call, origin and
  // reason stay empty.
  void describe(const store::Lease& lease);
  // Forgets the description of the surface unless its lease is recorded. Call this after the engine
  // was asked to open the surface: the engine refuses a surface if too many are open.
  void forget_unless_recorded(const std::string& surface);
  // The origin of the page with this surface; empty if nothing is known about the surface.
  [[nodiscard]] std::string origin_of(const std::string& surface) const;

  // Returns the next difference between the engine's `leases` and the records, and counts it as
  // recorded; nullopt if there is none.
  std::optional<Change> next_change(const std::vector<engine::Engine::Lease>& leases);

  // Call it when the store has lost the leases, or when they no longer belong to this process.
  void clear_recorded() { suspended_.clear(); }
  void clear_descriptions() { descriptions_.clear(); }

  [[nodiscard]] bool empty() const { return suspended_.empty(); }
  // Whether a form or a person wants the mute, according to the recorded leases. A delayed unmute
  // does not count.
  [[nodiscard]] bool want_mute() const;

 private:
  std::optional<Change> next_release(const std::vector<engine::Engine::Lease>& leases);

  std::unordered_map<std::string, store::Lease> descriptions_;
  // The value of `suspended` of each lease that the store has. The key is the surface's ID,
  // store::kManualMute or store::kUnmuteDelay.
  std::map<std::string, bool> suspended_;
};

}  // namespace cardmute::agent
