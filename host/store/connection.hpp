// The file of one process: when it is open, what happens when it fails, and one transaction at a
// time over it. store.cpp says what the transactions do. For this room only.
#pragma once

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "store/notes.hpp"
#include "store/requests.hpp"
#include "store/rule_records.hpp"
#include "store/schema.hpp"
#include "store/view.hpp"

namespace cardmute::store {

// Whether other processes live is asked so often.
inline constexpr int kLiveness_ms = 200;
// Whether the file is still where it was is asked so often.
inline constexpr int kMoved_ms = 1000;
// The disk is given what was written so often, and at so many pages of the write-ahead log.
inline constexpr int kCheckpoint_ms = 1000;
inline constexpr int kCheckpoint_pages = 200;

using Work = std::function<void(Books&)>;

class Session {
 public:
  explicit Session(Settings settings);

  // One writing transaction: what waited (ends, notes), `work`, and the view afterwards. False: the
  // store does not work, and nothing of it was done; what waited goes on waiting.
  bool transact(Moment now, const Work& work);
  // Brings the view up to date: `housekeeping` is called where there is something to write.
  void look(Moment now, const Absence& absence, const Work& housekeeping);
  void rest(Moment now);
  void leave(Moment now);

  void note(Entry entry) { notes_.add(std::move(entry)); }
  void report(RuleReport report) { reports_.add(std::move(report)); }
  void keep_only_rules(std::vector<std::string> names) { reports_.keep_only(std::move(names)); }
  // What this process holds, whether that can be written or not.
  void holds(const std::string& surface) { held_.insert(surface); }
  void holds_no_more(std::string_view surface) {
    if (const auto found = held_.find(surface); found != held_.end()) held_.erase(found);
  }
  void holds_nothing() { held_.clear(); }
  // Carried out first in the next transaction; what waits when the store fails is forgotten, since
  // a store that works again is told all leases anew.
  void change_with_next(Work work) { changes_.push_back(std::move(work)); }
  // Written with the next transaction that succeeds.
  void end(Ended ended) { ends_.push_back(std::move(ended)); }

  [[nodiscard]] Shared shared() const { return database_ ? view_.shared : Shared{}; }
  [[nodiscard]] const std::string& failure() const { return failure_; }
  bool reopened() { return std::exchange(reopened_, false); }

 private:
  bool usable(Moment now);
  void open(Moment now);
  void close();
  // True: a damaged file, to be opened again at once.
  bool failed(const SqliteError& error, Moment now);
  void fail(const std::string& why, int pause_ms, Moment now);
  // Runs `step`, and once more when the file was damaged.
  bool guarded(Moment now, const std::function<void()>& step);

  void check_registration(Books& books);
  void write_what_waited(Books& books);
  void write_request(Books& books, const Ended& ended);
  [[nodiscard]] bool look_anew(Moment now);
  [[nodiscard]] bool one_died(Moment now);
  void write_all_that_waits(Moment now);
  void checkpoint(Moment now);

  // The newest request's line in the ledger, if it is a mute that was acknowledged: re-assertions
  // are counted in it.
  struct Newest {
    std::int64_t id = 0;
    Target target;
  };

  Settings settings_;
  std::unique_ptr<Database> database_;
  HostId self_ = 0;
  View view_;
  Absence absence_;
  bool swept_ = false;  // the dead were looked for since the file was opened
  std::int64_t data_version_ = -1;
  std::optional<Newest> newest_;
  Notes notes_;
  WaitingReports reports_;
  std::vector<Ended> ends_;
  std::vector<Work> changes_;
  std::set<std::string, std::less<>> held_;

  std::string failure_;
  std::optional<engine::Steady> retry_at_;
  bool suspect_ = false;
  bool was_open_ = false;
  bool reopened_ = false;
  engine::Steady moved_checked_at_{};
  engine::Steady liveness_checked_at_{};
  std::optional<engine::Steady> checkpoint_at_;
};

}  // namespace cardmute::store
