// Where the log's lines go.
#pragma once

#include <array>
#include <string_view>
#include <utility>

namespace cardmute {

enum class LogPlace { file, syslog, both };

// The names of these places in the configuration.
inline constexpr std::array<std::pair<std::string_view, LogPlace>, 3> kLogPlaces{{
    {"file", LogPlace::file},
    {"syslog", LogPlace::syslog},
    {"both", LogPlace::both},
}};

}  // namespace cardmute
