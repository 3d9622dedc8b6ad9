// Rows about rules, and the reports that wait to be written. For this room only.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "store/database.hpp"
#include "store/rules.hpp"

namespace cardmute::store {

void write_report(Database& database, const RuleReport& report);
// Forgets the rules that have none of these names.
void forget_other_rules(Database& database, const std::vector<std::string>& names);

// They are never worth a delay of anything else: written when nothing else is to be done.
class WaitingReports {
 public:
  void add(RuleReport report) {
    if (reports_.size() >= kMaxWaitingReports) reports_.pop_front();
    reports_.push_back(std::move(report));
  }
  void keep_only(std::vector<std::string> names) { names_ = std::move(names); }
  [[nodiscard]] bool empty() const { return reports_.empty() && !names_; }
  void write(Database& database) const {
    for (const RuleReport& report : reports_) write_report(database, report);
    if (names_) forget_other_rules(database, *names_);
  }
  void written() {
    reports_.clear();
    names_.reset();
  }

 private:
  std::deque<RuleReport> reports_;
  std::optional<std::vector<std::string>> names_;
};

}  // namespace cardmute::store
