// What the parts of one transaction have in common. For this room only.
#pragma once

#include <cstdint>

#include "engine/moment.hpp"
#include "store/database.hpp"
#include "store/store.hpp"

namespace cardmute::store {

using HostId = std::int64_t;  // a row of host; 0: none

struct Books {
  Database& database;
  const Settings& settings;
  HostId& self;  // the row of this process
  Moment now;

  [[nodiscard]] std::int64_t now_us() const { return now.steady.count(); }
  [[nodiscard]] const std::string& boot() const { return settings.self.boot; }
};

inline constexpr std::int64_t kUs_per_ms = 1000;
// A request that has been in flight for longer was forgotten by a process that hangs: the longest
// timeout that can be configured (30 s), and the doubt after it.
inline constexpr std::int64_t kStale_ms = 30'000 + kDoubt_ms;

}  // namespace cardmute::store
