// Sums up the ledger's entries: how many there are of each kind, and how long calls were exposed.
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

// Returns a text such as "12.3 ms".
std::string ms_text(double ms);

template <typename Value>
nlohmann::json or_null(const std::optional<Value>& value) {
  return value ? nlohmann::json(*value) : nlohmann::json(nullptr);
}

// Whether the entry says how long a form or a key waited for an acknowledged mute.
bool is_waiting(const store::Entry& entry);

// How many events there were, and how long they took.
class Durations {
 public:
  void add(double ms) { all_ms_.push_back(ms); }
  [[nodiscard]] std::size_t count() const { return all_ms_.size(); }
  // These return nullopt if there were no events.
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
  std::int64_t requests_ = 0;  // requests, with their repetitions
  std::int64_t failures_ = 0;
  std::int64_t exposures_ = 0;
  double longest_ms_ = 0;
  double total_ms_ = 0;
  std::set<std::string> open_;
  // How long it took until the mute was acknowledged. The time is measured from when the form
  // became visible, or from the first key in a card field.
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
