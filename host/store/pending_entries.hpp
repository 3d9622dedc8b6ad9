// Ledger entries that wait to be written. Private to store/.
#pragma once

#include <cstddef>
#include <deque>
#include <utility>

#include "store/entries.hpp"

namespace cardmute::store {

// If there are more, the oldest are dropped.
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
  void write(Database& database, UtcTime now) const {
    if (dropped_ > 0) {
      Entry lost = entry_of("store_mended", now);
      lost.detail = std::to_string(dropped_) + " entries are missing here";
      write_entry(database, lost);
    }
    for (const Entry& entry : waiting_) write_entry(database, entry);
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
