// What the ledger tells, as lines for people, as JSON for programs, and added up. For `ledger` and
// its tests.
#pragma once

#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "store/store.hpp"

namespace cardmute::cli {

// One line: when, what, where, and what came of it. Nothing in it can end the line or move a
// terminal's cursor.
std::string ledger_line(const store::Entry& entry);

// Every field always; null where it means nothing for this kind.
nlohmann::json ledger_json(const store::Entry& entry);

// How many there were, and how long they took.
class Durations {
 public:
  void add(double ms) { all_ms_.push_back(ms); }
  [[nodiscard]] std::size_t count() const { return all_ms_.size(); }
  // Nothing: there was none.
  [[nodiscard]] std::optional<double> median_ms() const;
  [[nodiscard]] std::optional<double> longest_ms() const;

 private:
  std::vector<double> all_ms_;
};

class LedgerSummary {
 public:
  void add(const store::Entry& entry);
  [[nodiscard]] std::string text() const;
  [[nodiscard]] nlohmann::json as_json() const;

 private:
  std::int64_t surfaces_ = 0;
  std::int64_t early_ = 0;
  std::int64_t requests_ = 0;  // repetitions are requests
  std::int64_t failures_ = 0;
  std::int64_t exposures_ = 0;
  double longest_ms_ = 0;
  double total_ms_ = 0;
  std::set<std::string> open_;
  // From visible, and from the first key in a card's field, until the mute was acknowledged.
  struct Waited {
    Durations durations;
    std::int64_t never_acknowledged = 0;
  };
  static std::string text_of(const Waited& waited, const char* what);
  static nlohmann::json json_of(const Waited& waited);

  Waited forms_;
  Waited keystrokes_;
  std::int64_t continued_ = 0;
  std::int64_t unseen_banners_ = 0;
};

}  // namespace cardmute::cli
