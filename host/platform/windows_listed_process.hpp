// What Windows tells every user about any process. Private to platform/.
#pragma once

#include <cstdint>
#include <optional>

namespace cardmute::platform {

// When the process started, in 100 ns since 1601, as GetProcessTimes() says it. nullopt: there is
// no such process.
std::optional<std::int64_t> listed_start_of(std::uint64_t pid);

}  // namespace cardmute::platform
