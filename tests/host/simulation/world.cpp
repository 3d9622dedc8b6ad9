#include "world.hpp"

#include <algorithm>
#include <cstdio>
#include <utility>

#include "no_wait.hpp"

namespace cardmute::simulation {

using engine::Moment;

namespace {

constexpr Time kUtc = std::chrono::hours(24 * 365 * 56);
// There are few PIDs, so that each is used again soon.
constexpr std::int64_t kFirst_pid = 100;
constexpr std::int64_t kLast_pid = 130;
constexpr int kChild_fails_percent = 10;
constexpr int kCrash_one_in = 300;
// After one in this many events a process has no quiet moment, for at most this long.
constexpr int kBusy_one_in = 3;
constexpr std::int64_t kLongestBusy_ms = 200;
// Gives the failures of the store for one process random numbers of their own.
constexpr std::uint64_t kStoreSeed = 0x5354'4f52;

}  // namespace

World::World(std::uint64_t seed, std::filesystem::path folder, bool trace)
    : chance_(seed),
      feed_chance_(~seed),
      store_chance_(seed ^ kStoreSeed),
      plan_(make_plan(chance_)),
      folder_(std::move(folder)),
      trace_(trace),
      voicenter_(plan_.denies_without_call),
      witness_(plan_),
      observer_(folder_ / "cardmute.db") {
  plan_feed(plan_, feed_chance_);
  plan_lone_store_failures(plan_, store_chance_);
  std::filesystem::remove_all(folder_);
  std::filesystem::create_directories(folder_);
  browsers_.resize(static_cast<std::size_t>(plan_.browsers));
  for (std::size_t i = 0; i < browsers_.size(); ++i) browsers_[i].number = static_cast<int>(i);
  tell("the world: ", plan_.text());
}

World::~World() {
  processes_.clear();
  observer_.close();
  sqlite3_close(locker_);
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
  std::filesystem::remove_all(folder_.string() + ".away", ignored);
}

Moment World::moment() const {
  const Time now = timeline_.now();
  return {now - machine_started_ + ms(1),
          std::chrono::duration_cast<UtcTime>(kUtc + now + utc_offset_)};
}

std::string World::when() const {
  return std::to_string(static_cast<double>(timeline_.now().count()) / 1e6) + " s, event " +
         std::to_string(events_);
}

void World::write(const std::string& line) const {
  std::printf("%12.6f  %s\n", static_cast<double>(timeline_.now().count()) / 1e6, line.c_str());
}

platform::ProcessIdentity World::new_identity() {
  std::int64_t pid = chance_.between(kFirst_pid, kLast_pid);
  while (process_table_.contains(pid)) pid = pid == kLast_pid ? kFirst_pid : pid + 1;
  process_table_[pid] = ++last_start_;
  return {"boot " + std::to_string(boots_), pid, last_start_};
}

int World::start_process(int browser) {
  auto made = std::make_unique<Process>();
  Process& process = *made;
  process.serial = ++last_serial_;
  process.identity = new_identity();
  process.browser = browser;
  process.minute = timeline_.now();
  processes_[process.serial] = std::move(made);
  store::Settings store;
  store.file = folder_ / "cardmute.db";
  store.machine = "the machine";
  store.self = process.identity;
  if (browser >= 0) store.browser = browsers_[static_cast<std::size_t>(browser)].identity;
  store.vfs = no_wait_vfs();
  store.syncs_apart = false;
  store.start_is_alive = [this](const std::string& start) {
    return start == "boot " + std::to_string(boots_);
  };
  store.caller = browser >= 0 ? "extension" : "settle";
  store.is_alive = [this](const platform::ProcessIdentity& other) {
    const auto found = process_table_.find(other.pid);
    return other.boot == "boot " + std::to_string(boots_) && found != process_table_.end() &&
           found->second == other.started;
  };
  process.session = std::make_unique<agent::Session>(static_cast<std::uint32_t>(process.serial),
                                                     std::move(store), moment());
  engine::Settings settings = plan_.settings;
  settings.acts_for_others = process.is_settler();
  tell(process.name(), " starts as process ", std::to_string(process.identity.pid));
  const int serial = process.serial;
  step(serial, [&](agent::Session& session, Moment now) {
    session.configure(settings, plan_.absence, now);
  });
  feed_joins(serial, feed_chance_.between_ms(50, 2000));
  return serial;
}

void World::start_settler(Time delay, bool may_fail) {
  if (may_fail && !at_rest_ && chance_.percent(kChild_fails_percent)) {
    tell("the child fails to start");
    child_failed_ = true;
    return;
  }
  ++settlers_to_come_;
  const int boot = boots_;
  timeline_.after(delay, [this, boot] {
    --settlers_to_come_;
    if (boot == boots_) start_process(-1);
  });
}

Process* World::process(int serial) {
  const auto found = processes_.find(serial);
  return found == processes_.end() ? nullptr : found->second.get();
}

void World::step(int serial, const std::function<void(agent::Session&, Moment)>& event) {
  Process* process = this->process(serial);
  if (process == nullptr) return;
  const BrokenDisk disk(timeline_.now() < process->store_fails_until);
  event(*process->session, moment());
  note_store(*process);
  const auto state = process->session->status().state;
  if (std::exchange(process->said, state) != state) {
    tell(process->name(), " says ", std::string(engine::name_of(state)));
  }
  if (!carry_out(*process)) return;
  check_process(*process);
  if (plan_.crashes && !at_rest_ && chance_.one_in(kCrash_one_in)) {
    return kill(serial, "killed between a reply and recording the outcome");
  }
  // The loop writes outcomes only after a moment in which nothing has happened.
  if (!at_rest_ && chance_.one_in(kBusy_one_in)) {
    timeline_.after(chance_.between_ms(1, kLongestBusy_ms),
                    [this, serial] { step(serial, [](agent::Session&, Moment) {}); });
    return plan_tick(*process);
  }
  process->session->write_outcomes(moment());
  if (!carry_out(*process)) return;
  process->session->rest(moment());
  const bool ends = process->gone_at        ? process->session->engine().done(moment())
                    : process->is_settler() ? process->session->nothing_to_settle()
                                            : false;
  if (ends) {
    end_in_good_order(*process);
  } else {
    plan_tick(*process);
  }
}

bool World::carry_out(Process& process) {
  follow_manual_mute(process);
  const int serial = process.serial;
  const auto actions = process.session->take_actions();
  std::size_t answers = 0;
  for (const auto& action : actions) {
    if (plan_.crashes && !at_rest_ && chance_.one_in(kCrash_one_in)) {
      kill(serial, "killed between recording and sending a request");
      return false;
    }
    if (const auto* send = std::get_if<engine::Send>(&action)) {
      post(process, *send);
    } else if (const auto* question = std::get_if<engine::RequestCalls>(&action)) {
      ask(process, *question);
    } else if (const auto* cancel = std::get_if<engine::Cancel>(&action)) {
      const auto message = process.open.at(cancel->attempt);
      engine::Outcome outcome;
      outcome.error = ErrorCode::timeout;
      outcome.outcome_unknown = true;
      timeline_.after(ms(0), [this, message, outcome] { end(message, outcome); });
    } else if (const auto* answer = std::get_if<engine::Answer>(&action)) {
      ++answers;
      // Once the pipe is closed, nobody reads the answers.
      if (process.tickets.erase(answer->ticket) == 0 && !process.gone_at) {
        throw Broken("I4", process.name() + " answers request " + std::to_string(answer->ticket) +
                               ", which is not waiting for an answer");
      }
    }
  }
  constexpr std::size_t kMaxActions = 16;
  if (actions.size() - answers > kMaxActions) {
    throw Broken("I5", process.name() + " does " + std::to_string(actions.size()) + " at once");
  }
  return true;
}

void World::plan_tick(Process& process) {
  const Moment now = moment();
  const Time due = std::max(process.session->next_deadline(now) - now.steady, ms(0));
  const int serial = process.serial;
  const int tick = ++process.tick;
  timeline_.after(due + Time(chance_.between(1, 3000)), [this, serial, tick] {
    Process* late = this->process(serial);
    if (late == nullptr || late->tick != tick) return;
    ++late->ticks;
    step(serial, [](agent::Session& session, Moment at) { session.tick(at); });
  });
}

void World::end_in_good_order(Process& process) {
  tell(process.name(), " ends in good order");
  const bool leaves_work = !process.is_settler() && process.session->engine().leaves_work();
  process.session->leave(moment());
  remove(process.serial);
  if (leaves_work) start_settler(chance_.between_ms(20, 300), true);
}

void World::remove(int serial) {
  const auto found = processes_.find(serial);
  if (found == processes_.end()) return;
  // What the process did while the store was locked or failed was not recorded.
  store_was_lost_ = store_was_lost_ || locker_ != nullptr || found->second->alone_since;
  process_table_.erase(found->second->identity.pid);
  for (Call& call : voicenter_.calls()) call.known_to.erase(serial);
  leave_browser(serial);
  processes_.erase(found);
}

// Removes the host from its browser. The browser will report a manual mute to its next host, but no
// other override.
void World::leave_browser(int serial) {
  for (Browser& browser : browsers_) {
    if (browser.host != serial) continue;
    const bool is_recorded = !plan_.store_fails_for_one || browser.recorded_since;
    if (host_must_mute(browser) && is_recorded) browser.lost_at = timeline_.now();
    browser.recorded_since.reset();
    browser.host = 0;
    browser.declared = false;
    if (browser.mode == engine::OverrideMode::record) {
      browser.mode = engine::OverrideMode::automatic;
    }
  }
}

void World::kill(int serial, const char* why) {
  Process* process = this->process(serial);
  if (process == nullptr) return;
  tell(process->name(), " is ", why);
  const int browser = process->browser;
  const bool connected =
      browser >= 0 && browsers_[static_cast<std::size_t>(browser)].host == serial;
  lost_at_ = trouble_at_ = timeline_.now();
  remove(serial);
  if (!connected) return;
  // The extension notices that the host has ended, and starts a new one.
  start_host(browsers_[static_cast<std::size_t>(browser)], chance_.between_ms(50, 8000),
             chance_.between_ms(0, 500));
}

// To be called when the host's browser, or only its extension's worker, has gone.
void World::pipe_closed(int serial) {
  Process* process = this->process(serial);
  if (process == nullptr || process->gone_at) return;
  process->gone_at = timeline_.now();
  process->tickets.clear();
  lost_at_ = trouble_at_ = timeline_.now();
  for (Call& call : voicenter_.calls()) call.known_to.erase(serial);
  leave_browser(serial);
  tell(process->name(), ": its pipe is closed");
  bool leaves = false;
  timeline_.after(kKilledAfter, [this, serial] { kill(serial, "killed 2 s after its pipe"); });
  step(serial, [&](agent::Session& session, Moment now) { leaves = session.browser_gone(now); });
  if (leaves) start_settler(chance_.between_ms(20, 300), true);
}

}  // namespace cardmute::simulation
