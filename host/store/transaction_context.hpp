// What all functions of one transaction need. Private to store/.
#pragma once

#include <cstdint>

#include "engine/moment.hpp"
#include "store/database.hpp"
#include "store/entry_limit.hpp"
#include "store/store.hpp"

namespace cardmute::store {

using HostId = std::int64_t;  // a row's ID in the table host; 0: no row

struct TransactionContext {
  Database& database;
  const Settings& settings;
  HostId& self;  // the row of this process
  EntryLimit& entries;
  Moment now;

  [[nodiscard]] std::int64_t now_us() const { return now.steady.count(); }
  [[nodiscard]] const std::string& boot() const { return settings.self.boot; }
};

inline constexpr std::int64_t kUs_per_ms = 1000;
// Longer than any grace that can be configured (60 s).
inline constexpr std::int64_t kAnyGrace_ms = 3'600'000;
// After this time a request in flight counts as abandoned, because its process hangs. It is the
// longest timeout that can be configured (30 s), plus the time for which its outcome may be unknown
// after that.
inline constexpr std::int64_t kStale_ms = 30'000 + kUnknownOutcome_ms;

}  // namespace cardmute::store
