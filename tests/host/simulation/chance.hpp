// Makes all random choices of a simulated world from one seed.
#pragma once

#include <chrono>
#include <cstdint>
#include <random>

namespace cardmute::simulation {

using Time = std::chrono::microseconds;  // since the world began

constexpr Time ms(std::int64_t value) { return std::chrono::milliseconds(value); }

// The most by which the timer of a process fires late.
constexpr Time kTimer = ms(5);

// A random number generator. Unlike the distributions of the standard library, it gives the same
// numbers on every platform.
class Chance {
 public:
  explicit Chance(std::uint64_t seed) : random_(seed) {}

  std::int64_t between(std::int64_t least, std::int64_t most) {
    const auto span = static_cast<std::uint64_t>(most - least) + 1;
    return least + static_cast<std::int64_t>(random_() % span);
  }
  bool percent(int percent) { return between(0, 99) < percent; }
  bool one_in(int n) { return between(1, n) == 1; }
  Time between_ms(std::int64_t least, std::int64_t most) {
    return Time(between(least * 1000, most * 1000));
  }

 private:
  std::mt19937_64 random_;
};

}  // namespace cardmute::simulation
