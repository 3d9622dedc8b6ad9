// Ledger entries that wait to be written. Private to store/.
#pragma once

#include <algorithm>
#include <cstddef>
#include <deque>
#include <utility>

#include "store/entries.hpp"
#include "store/entry_limit.hpp"
#include "store/transaction_context.hpp"

namespace cardmute::store {

// The most entries that wait. Beyond this the oldest are dropped.
inline constexpr std::size_t kMaxPending_entries = 256;
// The most waiting entries with the same kind and outcome, for kinds that a page can cause without
// end.
inline constexpr int kMaxPending_alike = 12;

class PendingEntries {
 public:
  void add(Entry entry) {
    if (is_limited(entry.kind) && was_counted(entry)) return;
    if (waiting_.size() >= kMaxPending_entries) {
      waiting_.pop_front();
      ++dropped_;
    }
    waiting_.push_back(std::move(entry));
  }
  [[nodiscard]] bool empty() const { return waiting_.empty(); }
  // How many entries were added since written(), including those that were dropped.
  [[nodiscard]] std::size_t count() const { return dropped_ + waiting_.size(); }
  // Writes the entries from number `from` up to, but not including, number `to`, in the order in
  // which they were added.
  void write(TransactionContext& context, std::size_t from, std::size_t to) const {
    if (from == 0 && to > 0 && dropped_ > 0) {
      Entry lost = entry_of(EntryKind::store_mended, context.now.utc);
      lost.detail = std::to_string(dropped_) + " entries are missing here";
      context.entries.write(context.database, lost);
    }
    for (std::size_t i = std::max(from, dropped_); i < to; ++i) {
      context.entries.write(context.database, waiting_[i - dropped_]);
    }
  }
  void written() {
    waiting_.clear();
    dropped_ = 0;
  }

 private:
  // Beyond kMaxPending_alike, counts the entry in the last one of its kind and outcome, so that a
  // page cannot push out other entries. Returns whether it was counted.
  bool was_counted(const Entry& entry) {
    const auto is_alike = [&entry](const Entry& other) {
      return other.kind == entry.kind && other.outcome == entry.outcome;
    };
    if (std::ranges::count_if(waiting_, is_alike) < kMaxPending_alike) return false;
    Entry& last = *std::ranges::find_if(waiting_.rbegin(), waiting_.rend(), is_alike);
    ++last.repeats;
    last.last_at = entry.at;
    last.duration_ms = std::max(last.duration_ms, entry.duration_ms);
    return true;
  }

  std::deque<Entry> waiting_;
  std::size_t dropped_ = 0;
};

}  // namespace cardmute::store
