// The minutes in which a host of this user ran, and whether there was a call. Reports compare the
// muted time of a day with them. This table has nothing else about calls.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "base/utc_time.hpp"
#include "store/database.hpp"

namespace cardmute::store {

// Older minutes are deleted.
inline constexpr int kKept_days = 100;

struct Minute {
  std::chrono::minutes at{};  // the minutes since 1970, UTC
  // Whether the list of active calls named an answered call; nullopt: there was no current list.
  std::optional<bool> call;
  bool operator==(const Minute&) const = default;
};

inline std::chrono::minutes minute_of(UtcTime at) {
  return std::chrono::floor<std::chrono::minutes>(at);
}

// Writes a minute. If any process has written that there was a call in this minute, that stays.
// Deletes the minutes that are older than kKept_days.
void write_minute(Database& database, const Minute& minute);

// Calls `take` with each minute from `since` on, the oldest first; never, if there is no store.
// Returns nullopt, or one line that says why the store could not be read, with the file's name.
std::optional<std::string> read_minutes(const std::filesystem::path& file,
                                        std::optional<UtcTime> since,
                                        const std::function<void(const Minute&)>& take);

}  // namespace cardmute::store
