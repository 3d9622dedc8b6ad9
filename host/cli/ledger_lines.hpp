// What the ledger tells, as lines for people, as JSON for programs, and added up. For `ledger` and
// its tests.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "store/store.hpp"

namespace cardmute::cli {

// One line: when, what, where, and what came of it. Nothing in it can end the line or move a
// terminal's cursor.
std::string ledger_line(const store::Entry& entry);

// Every field always; null where it means nothing for this kind.
nlohmann::json ledger_json(const store::Entry& entry);

class LedgerSummary {
 public:
  void add(const store::Entry& entry);
  [[nodiscard]] std::string text() const;
  [[nodiscard]] nlohmann::json as_json() const;

 private:
  std::int64_t surfaces_ = 0;
  std::int64_t requests_ = 0;  // repetitions are requests
  std::int64_t failures_ = 0;
  std::int64_t exposures_ = 0;
  double longest_ms_ = 0;
  double total_ms_ = 0;
  std::set<std::string> open_;
};

}  // namespace cardmute::cli
