// The program cardmute-simulation; see README.md. Runs the worlds that the options name, or fewer
// if one breaks an invariant.
#include <unistd.h>

#include <charconv>
#include <cstdio>
#include <optional>
#include <random>
#include <string>
#include <string_view>

#include "world.hpp"

namespace {

using cardmute::simulation::Broken;
using cardmute::simulation::World;

constexpr std::int64_t kEvents_per_world = 20'000;
constexpr std::int64_t kProgress_events = 1'000'000;
constexpr int kBroken = 1;
constexpr int kWrong_usage = 64;

struct Options {
  std::uint64_t first_seed = 1;
  std::uint64_t last_seed = 0;  // 0: none
  std::int64_t events = kEvents_per_world;
  std::int64_t total_events = 0;
  int fresh = 0;
  bool trace = false;
};

std::filesystem::path scratch() {
  const std::filesystem::path memory = "/dev/shm";
  const auto base =
      std::filesystem::exists(memory) ? memory : std::filesystem::temp_directory_path();
  return base / ("cardmute-simulation-" + std::to_string(::getpid()));
}

template <typename Number>
bool read(std::string_view text, Number& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() && !text.empty();
}

std::optional<Options> options_of(int argc, char** argv) {
  Options options;
  for (int i = 1; i < argc; ++i) {
    const std::string_view name = argv[i];
    if (name == "--trace") {
      options.trace = true;
      continue;
    }
    if (++i == argc) return std::nullopt;
    const std::string_view value = argv[i];
    const auto dots = value.find("..");
    bool right = false;
    if (name == "--seed") {
      right = read(value, options.first_seed);
      options.last_seed = options.first_seed;
    } else if (name == "--seeds" && dots != std::string_view::npos) {
      right = read(value.substr(0, dots), options.first_seed) &&
              read(value.substr(dots + 2), options.last_seed);
    } else if (name == "--events") {
      right = read(value, options.events);
    } else if (name == "--total") {
      right = read(value, options.total_events);
    } else if (name == "--fresh") {
      right = read(value, options.fresh);
    }
    if (!right) return std::nullopt;
  }
  return options;
}

struct Totals {
  std::int64_t worlds = 0;
  std::int64_t events = 0;
};

bool run(std::uint64_t seed, const Options& options, Totals& totals) {
  World world(seed, scratch(), options.trace);
  try {
    world.live(options.events);
  } catch (const Broken& broken) {
    std::printf(
        "BROKEN %s with seed %llu at %s\n  %s\n  replay: scripts/simulate --seed %llu "
        "--events %lld --trace\n",
        broken.invariant.c_str(), static_cast<unsigned long long>(seed), world.when().c_str(),
        broken.what(), static_cast<unsigned long long>(seed),
        static_cast<long long>(options.events));
    return false;
  } catch (const std::exception& error) {
    std::printf("BROKEN exception with seed %llu at %s\n  %s\n",
                static_cast<unsigned long long>(seed), world.when().c_str(), error.what());
    return false;
  }
  const auto before = totals.events / kProgress_events;
  ++totals.worlds;
  totals.events += world.events();
  if (totals.events / kProgress_events != before) {
    std::printf("%lld events, seed %llu\n", static_cast<long long>(totals.events),
                static_cast<unsigned long long>(seed));
    std::fflush(stdout);
  }
  return true;
}

int run_all(const Options& options) {
  Totals totals;
  for (std::uint64_t seed = options.first_seed; seed <= options.last_seed; ++seed) {
    if (!run(seed, options, totals)) return kBroken;
  }
  std::random_device fresh;
  for (int i = 0; i < options.fresh; ++i) {
    const std::uint64_t seed = fresh();
    std::printf("fresh seed %llu\n", static_cast<unsigned long long>(seed));
    if (!run(seed, options, totals)) return kBroken;
  }
  std::uint64_t seed = options.last_seed;
  while (totals.events < options.total_events) {
    if (!run(++seed, options, totals)) return kBroken;
  }
  std::printf("%lld worlds, %lld events: every invariant held\n",
              static_cast<long long>(totals.worlds), static_cast<long long>(totals.events));
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const auto options = options_of(argc, argv);
  if (!options) {
    std::fprintf(
        stderr,
        "usage: cardmute-simulation [--seed N | --seeds A..B] [--fresh K] [--total EVENTS] "
        "[--events EVENTS_PER_WORLD] [--trace]\n");
    return kWrong_usage;
  }
  return run_all(*options);
}
