// Entries of the ledger as lines for people and as JSON for programs, and their summary.
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

// One line: when, what, where, and the outcome. No value can end the line or move a terminal's
// cursor.
std::string ledger_line(const store::Entry& entry);

// Always has every field; a field that this kind of entry does not use is null.
nlohmann::json ledger_json(const store::Entry& entry);

// The number of some events, and how long they took.
class Durations {
 public:
  void add(double ms) { all_ms_.push_back(ms); }
  [[nodiscard]] std::size_t count() const { return all_ms_.size(); }
  // nullopt if there were none.
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
  std::int64_t declared_ = 0;
  std::int64_t requests_ = 0;  // with repetitions
  std::int64_t failures_ = 0;
  std::int64_t exposures_ = 0;
  double longest_ms_ = 0;
  double total_ms_ = 0;
  std::set<std::string> open_;
  // The times until the mute was acknowledged: of forms since they were visible, of keystrokes
  // since the first one in a card field.
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
