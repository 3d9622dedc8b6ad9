// Keeps a page from filling the ledger. Of the entries that a page can cause without end, the first
// ones in each minute are written, and the others are only counted. Private to store/.
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

// The most entries of the same kind and outcome that one process writes in a minute, apart from the
// ends of forms.
inline constexpr int kMaxAlike_per_minute = 60;

// Whether a page can cause such entries without end. Entries about requests and their effects are
// never limited: the time between two requests bounds their number. Nor are those that no page can
// cause: overrides, test calls and repairs of the store.
bool is_limited(EntryKind kind);

class EntryLimit {
 public:
  // Writes the entry. Beyond kMaxAlike_per_minute, counts it in the last entry of the same kind and
  // outcome instead (`repeats`, `last_at`). That entry also keeps the longest duration. The end of
  // a form is always written if its beginning was.
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
