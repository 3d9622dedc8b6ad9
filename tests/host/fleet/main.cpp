// Runs the scenarios and prints the table of README.md.
#include <algorithm>
#include <cstdio>
#include <numeric>
#include <string>
#include <vector>

#include "fleet.hpp"

namespace {

using cardmute::fleet::Report;
using cardmute::fleet::Scenario;

constexpr std::uint32_t kSeed = 1;
// The first minutes do not count, because no form is open at the start.
constexpr std::size_t kSettling_s = 600;

template <typename Number>
double share(std::vector<Number> numbers, double part) {
  if (numbers.empty()) return 0;
  std::ranges::sort(numbers);
  const auto last = static_cast<double>(numbers.size() - 1);
  return static_cast<double>(numbers[static_cast<std::size_t>(last * part)]);
}

template <typename Number>
double mean(const std::vector<Number>& numbers) {
  return std::accumulate(numbers.begin(), numbers.end(), 0.0) /
         static_cast<double>(std::max<std::size_t>(numbers.size(), 1));
}

void print(const Scenario& scenario) {
  Report report = cardmute::fleet::run(scenario, kSeed);
  const std::vector<int> sent(report.sent_per_s.begin() + kSettling_s, report.sent_per_s.end());
  std::printf("| %s | %.0f | %.0f | %.0f | %.0f | %.0f / %.1f | %.1f | %d | %.1f / %.0f | %d |\n",
              scenario.name.c_str(), mean(sent), share(sent, 0.999), share(sent, 1),
              share(report.muted_per_s, 0.999), share(report.opened_ms, 0.5),
              share(report.opened_ms, 0.99) / 1000, share(report.between_ms, 1) / 1000,
              report.throttled, report.handshakes_per_s, report.handshakes_all_day_per_s,
              report.unsettled);
  std::fflush(stdout);
}

}  // namespace

int main() {
  std::puts(
      "| 10,000 desks | requests/s, mean | 99.9 % | busiest second | muted at once | form opened "
      "to "
      "acknowledged, median ms / 99 % s | longest without a mute, s | 429 | connections/s / if "
      "kept "
      "all day | unmutes left |");
  std::puts("|---|---|---|---|---|---|---|---|---|---|");
  const Scenario usual{.name = "usual"};
  const auto with = [&usual](const char* name, auto change) {
    Scenario scenario = usual;
    scenario.name = name;
    change(scenario);
    print(scenario);
  };
  print(usual);
  const auto busy = [](Scenario& s) {
    s.payments_per_hour = 3.01;
    s.form_s = 90;
  };
  with("busy hour", busy);
  with("payment desks", [](Scenario& s) {
    s.payments_per_hour = 7.98;
    s.form_s = 120;
  });
  with("busy hour, `reassert_ms` 4000", [&](Scenario& s) {
    busy(s);
    s.reassert_ms = 4000;
  });
  with("busy hour, `reassert_ms` 10000", [&](Scenario& s) {
    busy(s);
    s.reassert_ms = 10'000;
  });
  with("usual, the API takes 150/s", [](Scenario& s) { s.limit_per_s = 150; });
  with("usual, the API takes 100/s", [](Scenario& s) { s.limit_per_s = 100; });
  with("usual, refuses for 10 min", [](Scenario& s) {
    s.down_from_s = 1800;
    s.down_for_s = 600;
  });
  with("usual, swallows for 10 min", [](Scenario& s) {
    s.down_from_s = 1800;
    s.down_for_s = 600;
    s.swallows = true;
  });
  with("usual, refuses for 10 min, then takes 150/s", [](Scenario& s) {
    s.down_from_s = 1800;
    s.down_for_s = 600;
    s.limit_per_s = 150;
  });
  return 0;
}
