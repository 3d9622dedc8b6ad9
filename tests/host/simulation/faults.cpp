#include <algorithm>
#include <fstream>
#include <iterator>

#include "world.hpp"

namespace cardmute::simulation {

namespace {

// The least time that a machine takes to start. Requests that it sent before the power cut arrive
// within this time, or never.
constexpr std::int64_t kStarts_ms = 15'000;
// Only a few files are damaged, because the store stops after kMaxSetAside_files damaged files.
constexpr int kMaxDamages = 2;
// The longest time for which the store fails for one process. Together with the pause before the
// store is used again, this is shorter than the engine's kLeasesKept_ms.
constexpr std::int64_t kLongestFailure_ms = 40'000;
static_assert(kLongestFailure_ms + store::kReopen_ms < engine::kLeasesKept_ms);
// In how many worlds the store fails for one process. Only worlds with several browsers and without
// other faults of the store are counted.
constexpr int kFails_for_one_percent = 20;

}  // namespace

void World::fault() {
  const std::int64_t dice = chance_.between(0, 99);
  if (plan_.store_faults && dice < 20) {
    store_fault();
  } else if (dice < 45) {
    if (plan_.crashes) kill_someone();
  } else if (dice < 85) {
    constexpr Weather kWeathers[] = {Weather::fair, Weather::changeable, Weather::down,
                                     Weather::lying};
    change_weather(kWeathers[chance_.between(0, plan_.lies ? 3 : 2)]);
  } else if (dice < 97) {
    clock_jumps();
  } else if (plan_.crashes) {
    power_cut();
  }
}

void World::kill_someone() {
  if (processes_.empty()) return;
  const auto whom = std::next(processes_.begin(),
                              chance_.between(0, static_cast<std::int64_t>(processes_.size()) - 1));
  kill(whom->first, "killed");
}

void World::power_cut() {
  tell("the power fails");
  for (Call& call : voicenter_.calls()) call.known_to.clear();
  store_was_lost_ = store_was_lost_ || locker_ != nullptr || is_alone();
  processes_.clear();
  process_table_.clear();
  witness_.forget();
  settlers_to_come_ = 0;
  asked_at_.reset();
  ++boots_;
  for (Browser& browser : browsers_) {
    browser.runs = browser.declared = false;
    browser.host = 0;
    ++browser.start;
    browser.surfaces.clear();
    browser.mode = engine::OverrideMode::automatic;
    browser.lost_at.reset();
  }
  const Time until = timeline_.now() + chance_.between_ms(kStarts_ms, 4 * kStarts_ms);
  while (timeline_.run_one(until)) ++events_;
  machine_started_ = timeline_.now();
  lost_at_ = trouble_at_ = timeline_.now();
  tell("the machine starts again");
}

void World::change_weather(Weather weather) {
  constexpr const char* kNames[] = {"fair", "changeable", "down", "lying"};
  tell("the network is ", kNames[static_cast<int>(weather)]);
  if (weather != weather_) weather_since_ = trouble_at_ = timeline_.now();
  weather_ = weather;
  refused_percent_ = chance_.percent(50) ? 100 : chance_.between(0, 90);
}

void World::clock_jumps() {
  constexpr std::int64_t kHours_ms = 5 * 3'600'000;
  utc_offset_ += chance_.between_ms(-kHours_ms, kHours_ms);
  tell("the calendar clock is set");
}

void World::store_fault() {
  const auto file = folder_ / "cardmute.db";
  std::error_code ignored;
  const std::int64_t dice = chance_.between(0, 99);
  if (folder_away_ || locker_ != nullptr) {
    mend_store();
  } else if (dice < 30) {
    tell("the store's file is deleted");
    for (const char* beside : {"", "-wal", "-shm"}) {
      std::filesystem::remove(file.string() + beside, ignored);
    }
    store_was_lost_ = true;
  } else if (dice < 50 && damages_ < kMaxDamages) {
    tell("the store's file is replaced by something else");
    ++damages_;
    const std::string other = file.string() + ".other";
    std::ofstream(other) << std::string(5000, 'x');
    std::filesystem::rename(other, file, ignored);
    store_was_lost_ = true;
  } else if (dice < 75) {
    tell("the store's folder is moved away");
    std::filesystem::rename(folder_, folder_.string() + ".away", ignored);
    folder_away_ = store_was_lost_ = true;
  } else {
    tell("somebody holds the store's lock");
    sqlite3_open_v2(file.c_str(), &locker_, SQLITE_OPEN_READWRITE, nullptr);
    sqlite3_exec(locker_, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr);
  }
}

void plan_lone_store_failures(Plan& plan, Chance& chance) {
  plan.store_fails_for_one =
      !plan.store_faults && plan.browsers > 1 && chance.percent(kFails_for_one_percent);
}

// Whether the store fails for some process alone.
bool World::is_alone() const {
  return std::ranges::any_of(processes_,
                             [](const auto& each) { return each.second->alone_since.has_value(); });
}

void World::store_fails_for_one() {
  if (processes_.empty() || is_alone()) return;
  const auto chosen = store_chance_.between(0, static_cast<std::int64_t>(processes_.size()) - 1);
  Process& process = *std::next(processes_.begin(), chosen)->second;
  tell("the store fails for ", process.name());
  process.store_fails_until = timeline_.now() + store_chance_.between_ms(1, kLongestFailure_ms);
}

// Asks the session, because it uses the store again only some time after the failure has ended.
void World::note_store(Process& process) {
  const Time now = timeline_.now();
  if (process.session->store_failure().empty()) {
    process.alone_since.reset();
  } else if (!process.alone_since) {
    process.alone_since = now;
  }
  if (process.is_settler()) return;
  Browser& browser = browsers_[static_cast<std::size_t>(process.browser)];
  if (browser.host != process.serial) return;
  if (!host_must_mute(browser)) {
    browser.recorded_since.reset();
  } else if (!process.alone_since && !browser.recorded_since) {
    browser.recorded_since = now;
  }
}

void World::mend_store() {
  for (const auto& [serial, process] : processes_) process->store_fails_until = {};
  if (locker_ != nullptr) {
    tell("the store's lock is free again");
    sqlite3_close(locker_);
    locker_ = nullptr;
  }
  if (!folder_away_) return;
  tell("the store's folder is moved back");
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
  std::filesystem::rename(folder_.string() + ".away", folder_, ignored);
  folder_away_ = false;
}

}  // namespace cardmute::simulation
