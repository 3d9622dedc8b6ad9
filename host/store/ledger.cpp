#include "store/ledger.hpp"

#include <limits>

#include "store/entries.hpp"
#include "store/reader.hpp"

namespace cardmute::store {

std::optional<std::string> read_ledger(const std::filesystem::path& file,
                                       std::optional<UtcTime> since,
                                       const std::function<void(const Entry&)>& take) {
  return with_reader(file, [&](Database& database) {
    auto rows = database.query(kSelect_entries, since ? std::int64_t{since->count()}
                                                      : std::numeric_limits<std::int64_t>::min());
    while (rows.step()) take(read_entry(rows));
  });
}

}  // namespace cardmute::store
