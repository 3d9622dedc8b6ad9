// One process's connection to the store: opens it, handles its failures, and runs the transactions
// that store.cpp defines. Private to store/.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "platform/machine.hpp"
#include "store/disk_sync.hpp"
#include "store/outcome_file.hpp"
#include "store/pending_entries.hpp"
#include "store/requests.hpp"
#include "store/rule_records.hpp"
#include "store/schema.hpp"
#include "store/shared_index.hpp"
#include "store/view.hpp"

namespace cardmute::store {

// How often to check that the other processes are alive.
inline constexpr int kLiveness_ms = 200;
// How often to check whether the file was moved or deleted.
inline constexpr int kMoved_ms = 1000;
// The least time between two syncs of the write-ahead log.
inline constexpr int kSync_ms = 1000;
// A write-ahead log with more pages than this (of 4 KiB each) is emptied.
inline constexpr int kCheckpoint_pages = 200;

using Work = std::function<void(TransactionContext&)>;

class Connection {
 public:
  explicit Connection(Settings settings);

  // Whether a transaction may change what is known about other processes and boots.
  enum class Others { unchanged, may_change };

  // Writes the pending entries and outcomes, runs the pending work of change_with_next() and then
  // `work`, all in one transaction, and reads the new view. Returns false if the store failed: then
  // the entries and outcomes are still pending, the pending work is dropped, and nothing was
  // written. (If the index was truncated during the commit, it is unknown whether anything was
  // written.)
  bool transact(Moment now, const Work& work, Others others = Others::unchanged);
  // Updates the view. Calls `housekeeping` in a transaction if there is something to write.
  void look(Moment now, const Absence& absence, const Work& housekeeping);
  void rest(Moment now);
  void leave(Moment now);
  [[nodiscard]] StartWatch& other_starts() { return starts_; }

  void add_entry(Entry entry) { pending_entries_.add(std::move(entry)); }
  void report(RuleReport report) { reports_.add(std::move(report)); }
  void keep_only_rules(std::vector<std::string> names) { reports_.keep_only(std::move(names)); }
  void said_hello(BrowserHello hello) { reports_.add(std::move(hello)); }
  void ran(Minute minute) { reports_.add(minute); }
  // Remembers a lease of this process, even if the lease cannot be written.
  void holds(const std::string& surface) { held_.insert(surface); }
  void lease_released(std::string_view surface) {
    if (const auto found = held_.find(surface); found != held_.end()) held_.erase(found);
  }
  void holds_nothing() { held_.clear(); }
  // Runs `work` in the next transaction, before that transaction's own work. If the transaction
  // fails, `work` is dropped, because all leases are acquired again once the store works.
  void change_with_next(Work work) { changes_.push_back(std::move(work)); }
  // Records the outcome with the next transaction that succeeds.
  void end(Ended ended);
  // Like end(), but may keep the outcome in a file. Returns whether others find it if this process
  // ends before the transaction.
  bool end_later(Ended ended);
  [[nodiscard]] bool has_outcomes() const { return !ends_.empty(); }
  // Whether what shared() last returned is still true, apart from outcomes of this process: the
  // store works, and no other connection (of another process, or of DiskSync) has written to it
  // since.
  bool is_current(Moment now);

  Shared shared() {
    told_version_ = data_version_;
    return database_ ? view_.shared : Shared{};
  }
  // Why the store does not work, or why its content may not survive a power cut; empty if there is
  // no problem.
  [[nodiscard]] const std::string& failure() const {
    return failure_.empty() ? not_durable_ : failure_;
  }
  // When to try again, if the store does not work only because another process holds its lock or
  // its index was truncated; otherwise nullopt.
  [[nodiscard]] std::optional<engine::Steady> locked_until() const {
    return trouble_ == Trouble::passing ? retry_at_ : std::nullopt;
  }
  // Who else could change the store, as a path with its owner and mode; empty if nobody could.
  [[nodiscard]] const std::string& unsafe() const { return unsafe_; }
  // Whether the store has rows of another boot: of another machine or container, or of an earlier
  // boot that is not ended yet.
  [[nodiscard]] bool is_shared() const { return !view_.other_starts.empty(); }
  [[nodiscard]] bool is_syncing() { return disk_.busy(); }
  bool reopened() { return std::exchange(reopened_, false); }

 private:
  bool usable(Moment now);
  void open(Moment now);
  void close();
  // Closes the store. Returns true if the file is damaged and must be opened again at once;
  // otherwise sets failure().
  bool failed(const SqliteError& error, Moment now);
  // Why the store cannot be used. passing: another process has locked it or truncated its index.
  enum class Trouble { passing, lasting };
  // Closes the store until a moment that depends on the trouble; see failure().
  void fail(const std::string& why, Trouble trouble, Moment now);
  // Runs `step`, and runs it once more if the file was damaged or its index truncated. Returns
  // whether the store works and `step` has succeeded.
  bool guarded(Moment now, const std::function<void(const IndexWatch&)>& step);

  void index_was_cut(bool last_attempt, Moment now);

  void check_registration(TransactionContext& context);
  void write_what_waited(TransactionContext& context);
  void write_request(TransactionContext& context, const Ended& ended);
  [[nodiscard]] std::int64_t data_version() const;
  [[nodiscard]] bool look_anew(Moment now, const IndexWatch& index);
  [[nodiscard]] bool one_died(Moment now);
  void write_all_that_waits(Moment now);
  // Creates this process's file of outcomes, and deletes those of processes that have ended.
  void prepare_outcomes(Moment now);
  void sync(Moment now);
  void note_disk(Moment now);

  // The ledger entry of the newest request, if that was an acknowledged mute. Re-assertions of this
  // mute are counted in the entry.
  struct Newest {
    std::int64_t id = 0;
    Target target;
  };

  Settings settings_;
  platform::LifeSign life_sign_;
  OutcomeFile outcome_file_;
  bool outcomes_swept_ = false;
  StartWatch starts_;
  std::unique_ptr<Database> database_;
  HostId self_ = 0;
  View view_;
  Absence absence_;
  bool swept_ = false;  // dead processes were searched for since the file was opened
  // SQLite's data_version when view_ was read; changes only if another connection writes
  std::int64_t data_version_ = -1;
  std::int64_t told_version_ = -1;  // the data version of what shared() last returned
  std::optional<Newest> newest_;
  EntryLimit entries_;
  PendingEntries pending_entries_;
  WaitingReports reports_;
  std::vector<Ended> ends_;
  std::vector<Work> changes_;
  std::set<std::string, std::less<>> held_;

  std::string failure_;
  std::string unsafe_;
  std::optional<engine::Steady> retry_at_;
  Trouble trouble_ = Trouble::lasting;  // the last failure of the store
  bool suspect_ = false;
  bool was_open_ = false;
  bool reopened_ = false;
  engine::Steady moved_checked_at_{};
  engine::Steady liveness_checked_at_{};

  DiskSync disk_;
  std::optional<engine::Steady> sync_at_;
  int log_pages_ = 0;  // pages in the log after the last write
  std::string not_durable_;
};

}  // namespace cardmute::store
