// Keeps a page from filling the ledger: of what a page can cause as often as it likes, the first
// entries of each minute are written, and the others are counted. Private to store/.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "store/database.hpp"
#include "store/store.hpp"

namespace cardmute::store {

// Of the same kind and outcome, by one process.
inline constexpr int kMaxAlike_per_minute = 60;

// Whether a page can cause such entries without end. Requests are never limited, nor what follows
// from them or what a person does: their number is bounded by how often requests are sent.
bool is_limited(EntryKind kind);

class EntryLimit {
 public:
  // Writes the entry. Beyond kMaxAlike_per_minute, counts it in the last entry like it instead
  // (`repeats`, `last_at`), which also keeps the longest duration. The end of a form is always
  // written if its beginning was.
  void write(Database& database, const Entry& entry);

 private:
  struct Alike {
    std::chrono::minutes minute{};
    int count = 0;
    std::int64_t last_id = 0;
  };

  bool is_over(const Entry& entry, const Alike& alike) const;

  std::map<std::pair<EntryKind, std::string>, Alike> alike_;
  // Open forms whose beginning was only counted.
  std::set<std::string> unwritten_forms_;
};

}  // namespace cardmute::store
