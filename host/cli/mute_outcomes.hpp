// Whether a person's mutes succeed, according to the ledger.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "store/store.hpp"

namespace cardmute::cli {

class MuteOutcomes {
 public:
  // Call it with entries of the ledger, in any order.
  void add(const store::Entry& entry);

  // When a mute was last acknowledged.
  [[nodiscard]] std::optional<UtcTime> last_mute() const { return acknowledged_at_; }
  // Why the next mute is likely to fail, as {"code", "message"}. Either the newest mute was not
  // acknowledged, or a form closed while the call was not known to be muted, and no new mute was
  // acknowledged since. nullopt if neither has happened.
  [[nodiscard]] std::optional<nlohmann::json> reason() const;

 private:
  struct Failed {
    UtcTime at{};
    std::string outcome;
    std::optional<int> http_status;
  };

  void add_mute(const store::Entry& entry);

  std::optional<UtcTime> acknowledged_at_;
  std::optional<UtcTime> first_acknowledged_at_;  // when the newest mute was first acknowledged
  std::optional<Failed> failed_;                  // the newest mute that failed
  std::optional<UtcTime> ended_exposed_at_;       // when a form last closed while exposed
};

}  // namespace cardmute::cli
