// Runs chaos and rest, and checks the invariants that hold at rest; see world.hpp and README.md.
#include <algorithm>

#include "world.hpp"

namespace cardmute::simulation {

namespace {

// How long a rest lasts: longer than the grace, the time of an unknown outcome and the engine's
// waits together.
constexpr Time kRest = ms(100'000);
constexpr Time kSettled = ms(15'000);
constexpr int kMaxRests = 20;
constexpr int kLoneFailure_percent = 5;  // of the turns of a chaos
// Rows that may remain at rest: see check_rest_tables().
constexpr std::int64_t kMaxLeft_rows = 16;
constexpr std::int64_t kMaxLedger_rows = store::kMaxLedger_entries + 1000;

}  // namespace

void World::live(std::int64_t events) {
  for (Browser& browser : browsers_) start_browser(browser);
  while (events_ < events) {
    chaos();
    rest();
  }
}

void World::run_until(Time until) {
  while (timeline_.run_one(until)) {
    ++events_;
    check_exposure();
    check_tickets();
    for (const auto& [serial, process] : processes_) count(*process);
  }
  // Checked once more, because an exposure may have passed its limit without any event.
  check_exposure();
}

void World::chaos() {
  const Time end = timeline_.now() + chance_.between_ms(10'000, 90'000);
  while (timeline_.now() < end) {
    run_until(timeline_.now() + chance_.between_ms(10, 1500));
    ++events_;
    const std::int64_t dice = chance_.between(0, 99);
    if (dice < 55) {
      user_acts();
    } else if (dice < 80) {
      call_changes();
    } else {
      fault();
    }
    if (plan_.store_fails_for_one && store_chance_.percent(kLoneFailure_percent)) {
      store_fails_for_one();
    }
  }
}

void World::rest() {
  tell("--- from here on nothing goes wrong");
  at_rest_ = true;
  change_weather(Weather::fair);
  mend_store();
  for (Browser& browser : browsers_) {
    if (browser.runs && browser.host == 0) start_host(browser, ms(200), ms(100));
  }
  // If the settler of a host whose pipe is closed could not be started, no process is left after
  // that host has ended.
  const auto stays = [this](const auto& each) { return !each.second->gone_at || !child_failed_; };
  const bool somebody =
      settlers_to_come_ > 0 || std::ranges::any_of(processes_, stays) ||
      std::ranges::any_of(browsers_, [](const Browser& each) { return each.runs; });
  if (!somebody) start_settler(processes_.empty() ? ms(100) : kKilledAfter + ms(100), false);
  run_until(timeline_.now() + kRest);
  for (int more = 0; more < kMaxRests && timeline_.now() - wanted_changed_at_ < kSettled; ++more) {
    run_until(timeline_.now() + kSettled);
  }
  check_rest();
  tell("--- all is in order");
  at_rest_ = store_was_lost_ = child_failed_ = false;
}

// Checks the invariants I1 and I2 (README.md).
void World::check_rest() {
  const bool wanted =
      std::ranges::any_of(browsers_, [this](const Browser& each) { return wants_mute(each); });
  for (Call& call : voicenter_.calls()) {
    if (!call.answered) continue;
    if (wanted && call.on_extension) {
      if (!call.muted) throw Broken("I1", "call " + call.call_id + " is recorded");
      continue;
    }
    if (!call.muted) continue;
    const bool left =
        !plan_.absence.resume && call.muted_at < lost_at_ + ms(plan_.absence.grace_ms) + kSettled;
    const bool out_of_sight = !call.on_extension && !plan_.by_call() && call.known_to.empty();
    call.excused = call.excused || left || out_of_sight || store_was_lost_;
    if (!call.excused) {
      throw Broken("I2", "call " + call.call_id + (call.on_extension ? "" : ", transferred,") +
                             " is muted and nobody wants it" +
                             (call.known_to.empty()
                                  ? ""
                                  : ", and process " + std::to_string(*call.known_to.begin()) +
                                        " has seen it muted"));
    }
  }
  if (!plan_.store_faults) check_rest_tables(wanted);
}

// Checks invariant I5 (README.md): the rows in the store when everything is settled.
void World::check_rest_tables(bool wanted) {
  const auto expect = [this](const char* table, std::int64_t most, const char* which = "1") {
    const std::int64_t rows = observer_.rows(table, which);
    if (rows > most || rows < 0) {
      throw Broken("I5", std::string("the table ") + table + " has " + std::to_string(rows) +
                             " rows at rest. Expected: at most " + std::to_string(most));
    }
  };
  std::int64_t leases = 0;
  for (const Browser& browser : browsers_) {
    leases += static_cast<std::int64_t>(browser.surfaces.size()) +
              (browser.mode == engine::OverrideMode::mute ? 1 : 0);
  }
  std::int64_t requests = 0;
  for (const auto& [serial, process] : processes_) {
    requests += static_cast<std::int64_t>(process->open.size());
  }
  // When the last process has left, unknown outcomes and suspended leases stay until the next
  // process starts.
  const std::int64_t left = processes_.empty() ? kMaxLeft_rows : 0;
  expect("lease", leases, "suspended = 0");
  expect("lease", leases + left);
  expect("host", static_cast<std::int64_t>(processes_.size()) + left);
  expect("flight", requests + left);
  // If its unmute is rejected, a mute stays outstanding for a while, although the call is probably
  // over.
  expect("debt", wanted || plan_.denies_without_call ? kMaxLeft_rows : 0);
  expect("entry", kMaxLedger_rows);
}

}  // namespace cardmute::simulation
