// The rows about rules, and what waits to be written: reports about rules, the newest hello and the
// newest minute. Private to store/.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "store/database.hpp"
#include "store/hellos.hpp"
#include "store/minutes.hpp"
#include "store/rules.hpp"
#include "store/transaction_context.hpp"

namespace cardmute::store {

void write_report(TransactionContext& context, const RuleReport& report);
// Deletes the rows of rules that have none of these names.
void forget_other_rules(Database& database, const std::vector<std::string>& names);

// Reports that wait to be written. They delay nothing, because they are written only when there is
// nothing else to do.
class WaitingReports {
 public:
  void add(RuleReport report) {
    if (reports_.size() >= kMaxWaitingReports) reports_.pop_front();
    reports_.push_back(std::move(report));
  }
  void keep_only(std::vector<std::string> names) { names_ = std::move(names); }
  void add(BrowserHello hello) { hello_ = std::move(hello); }
  void add(Minute minute) { minute_ = minute; }
  [[nodiscard]] bool empty() const { return reports_.empty() && !names_ && !hello_ && !minute_; }
  void write(TransactionContext& context) const {
    Database& database = context.database;
    for (const RuleReport& report : reports_) write_report(context, report);
    if (names_) forget_other_rules(database, *names_);
    if (hello_) write_hello(database, *hello_);
    if (minute_) write_minute(database, *minute_);
  }
  void written() {
    reports_.clear();
    names_.reset();
    hello_.reset();
    minute_.reset();
  }

 private:
  std::deque<RuleReport> reports_;
  std::optional<std::vector<std::string>> names_;
  std::optional<BrowserHello> hello_;
  std::optional<Minute> minute_;
};

}  // namespace cardmute::store
