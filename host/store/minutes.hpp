// In which minutes a host of this user ran, and in which of them there was a call: what the muted
// time of a day is compared with. Nothing else is known of a call here.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "base/utc_time.hpp"
#include "store/database.hpp"

namespace cardmute::store {

// Older ones are forgotten.
inline constexpr int kKept_days = 100;

struct Minute {
  std::chrono::minutes at{};  // since 1970, UTC
  // Whether the list of active calls named an answered call; nullopt: it was not read.
  std::optional<bool> call;
  bool operator==(const Minute&) const = default;
};

inline std::chrono::minutes minute_of(UtcTime at) {
  return std::chrono::floor<std::chrono::minutes>(at);
}

// A call that any process saw in the minute is one.
void write_minute(Database& database, const Minute& minute);

// Gives each minute from `since` on to `take`, in order. Nothing: all were given, none where there
// is no store; else why not, one line with the file's name.
std::optional<std::string> read_minutes(const std::filesystem::path& file,
                                        std::optional<UtcTime> since,
                                        const std::function<void(const Minute&)>& take);

}  // namespace cardmute::store
