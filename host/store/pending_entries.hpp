// Ledger entries that wait to be written. Private to store/.
#pragma once

#include <algorithm>
#include <cstddef>
#include <deque>
#include <utility>

#include "store/entries.hpp"
#include "store/transaction_context.hpp"

namespace cardmute::store {

// The most entries that wait. Beyond this the oldest are dropped.
inline constexpr std::size_t kMaxPending_entries = 256;

class PendingEntries {
 public:
  void add(Entry entry) {
    if (waiting_.size() >= kMaxPending_entries) {
      waiting_.pop_front();
      ++dropped_;
    }
    waiting_.push_back(std::move(entry));
  }
  [[nodiscard]] bool empty() const { return waiting_.empty(); }
  // How many entries were added since written(), including those that were dropped.
  [[nodiscard]] std::size_t count() const { return dropped_ + waiting_.size(); }
  // Writes the entries from number `from` on, in the order in which they were added, but without
  // number `to`.
  void write(TransactionContext& context, std::size_t from, std::size_t to) const {
    if (from == 0 && to > 0 && dropped_ > 0) {
      Entry lost = entry_of(EntryKind::store_mended, context.now.utc);
      lost.detail = std::to_string(dropped_) + " entries are missing here";
      write_entry(context.database, lost);
    }
    for (std::size_t i = std::max(from, dropped_); i < to; ++i) {
      write_entry(context.database, waiting_[i - dropped_]);
    }
  }
  void written() {
    waiting_.clear();
    dropped_ = 0;
  }

 private:
  std::deque<Entry> waiting_;
  std::size_t dropped_ = 0;
};

}  // namespace cardmute::store
