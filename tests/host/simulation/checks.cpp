// Checks the invariants that hold at any time; see world.hpp and README.md.
#include <algorithm>

#include "world.hpp"

namespace cardmute::simulation {

using engine::Command;
using engine::OverrideMode;

namespace {

// The longest time of a request with its response while the network works well.
constexpr Time kRoundTrip = ms(240);
// The longest delay with which a process notices something: it wakes up a little late, and checks
// the shared state only at intervals.
constexpr Time kLate = ms(agent::kRefreshSoon_ms + 60);
// After a failure or a timeout, the next attempt is sent within this time (the engine's
// kLongestRetry_ms).
constexpr Time kRetry = ms(2000);
// A request of the browser is answered within this time. Its answer waits for the first attempt.
// With the target "call" it waits for the attempts of all calls, and for repetitions after an
// unknown outcome (the engine's kUnknownOutcome_ms).
constexpr Time kAnswered = ms(15'000);
// With the list of active calls, a false acknowledgement is detected within this time.
constexpr Time kDetected = ms(3 * engine::kCallsInterval_ms);
// While an outcome is unknown, the mute is repeated twice a second. Requests that a person causes
// are added to this.
constexpr int kRequests_per_minute = 180;
constexpr int kCalls_at_once = 6;  // with the target "call", each has its own requests
constexpr int kRequests_per_act = 4;
constexpr int kTicks_per_minute = 4000;

}  // namespace

bool World::wants_mute(const Browser& browser) const {
  const Time now = timeline_.now();
  if (!browser.runs || browser.mode == OverrideMode::record) return false;
  if (browser.mode == OverrideMode::mute &&
      now - browser.manual_since < ms(plan_.settings.manual_mute_ms)) {
    return true;
  }
  return std::ranges::any_of(browser.surfaces, [&](const auto& each) {
    return !plan_.settings.resume_when_idle || now - each.second < ms(plan_.settings.idle_ms);
  });
}

bool World::host_must_mute(const Browser& browser) const {
  return browser.host != 0 && browser.declared && wants_mute(browser);
}

// Counts a cycle for invariant I10, but only if it is certain that nothing else wants the mute.
void World::count_cycle(Browser& browser, bool wanted) {
  const Time now = timeline_.now();
  const auto is_old = [&](Time ended) { return now - ended >= ms(engine::kCycleWindow_ms); };
  std::erase_if(browser.closes, is_old);
  browser.closes.push_back(now);
  // This includes the leases of lost browsers and processes, until their grace ends.
  const bool leases = wanted && process(browser.host)->session->status().elsewhere > 0;
  const bool others = std::ranges::any_of(browsers_, [&](const Browser& other) {
    return other.number != browser.number &&
           (!other.surfaces.empty() || other.mode == OverrideMode::mute || other.unmute_due);
  });
  if (!wanted || others || leases) return;
  std::erase_if(browser.cycles, is_old);
  const int delay_ms = engine::unmute_delay_ms(browser.cycles.size());
  if (delay_ms > 0) browser.unmute_due = now + ms(delay_ms);
  browser.cycles.push_back(now);
}

// To be called for a new host, and after a manual choice. The cycles are then counted from zero.
void World::start_cycles_over(Browser& browser) {
  browser.cycles.clear();
  browser.closes.clear();
  browser.unmute_due.reset();
}

// Invariant I10: an unmute is delayed only while no form is open, not for longer than the longest
// delay, and only if forms have opened and closed repeatedly since the last manual choice.
void World::check_delay(const Process& process, const Browser& browser) const {
  const auto& notices = process.session->status().notices;
  if (std::ranges::none_of(notices, [](const auto& each) {
        return each.code == engine::NoticeCode::unmute_delayed;
      }))
    return;
  const Time limit = ms(engine::kLongestUnmuteDelay_ms) + kTimer;
  if (!browser.surfaces.empty() || browser.mode != OverrideMode::automatic ||
      browser.closes.size() <= engine::kCyclesBeforeDelay ||
      timeline_.now() - browser.closes.back() > limit) {
    throw Broken("I10", process.name() + " delays an unmute that is due");
  }
}

// Whether the process must know that this browser wants the mute. It need not know if the store has
// failed for the process, or for the browser's host.
bool World::is_known_to(const Process& process, const Browser& browser) const {
  if (!plan_.store_fails_for_one || browser.host == process.serial) return true;
  const Time recorded_by = browser.recorded_since.value_or(timeline_.now()) + kLate;
  return recorded_by < process.alone_since.value_or(timeline_.now());
}

// Checks the invariants I7, I9 and I10 for a request that is sent, except in worlds where the store
// has faults.
void World::check_sending(const Process& process, const engine::Send& send) {
  if (plan_.store_faults) return;
  if (!process.alone_since &&
      !observer_.knows(send.command, send.target, process.identity.pid, moment().steady)) {
    throw Broken("I7", process.name() + " sends a request that is not in the store");
  }
  if (send.command == Command::mute) return;
  for (const Browser& browser : browsers_) {
    if (!plan_.store_fails_for_one && send.unless_wanted && browser.host != 0 &&
        browser.unmute_due && timeline_.now() < *browser.unmute_due) {
      throw Broken("I10", process.name() + " unmutes at once although the forms of browser " +
                              std::to_string(browser.number) + " open and close repeatedly");
    }
  }
  if (send.target.by != TargetBy::extension) {
    const Call* call = voicenter_.find(send.target.value);
    const bool stays = plan_.by_call() && call != nullptr && call->answered && call->on_extension;
    const bool wanted = std::ranges::any_of(browsers_, [&](const auto& each) {
      return host_must_mute(each) && is_known_to(process, each);
    });
    if (stays && wanted) {
      throw Broken("I9", process.name() + " unmutes " + call->call_id + " while a form is open");
    }
    return;
  }
  for (const Browser& browser : browsers_) {
    if (host_must_mute(browser) && is_known_to(process, browser)) {
      throw Broken("I9", process.name() + " unmutes while browser " +
                             std::to_string(browser.number) + " wants the mute");
    }
    if (browser.lost_at && !process.alone_since &&
        timeline_.now() < *browser.lost_at + ms(plan_.absence.grace_ms)) {
      throw Broken("I9", process.name() + " unmutes within the grace of browser " +
                             std::to_string(browser.number));
    }
  }
}

// Invariant I6: requests for the list of calls keep their interval. In worlds where the store may
// fail, this is checked for each process separately.
void World::check_question(Process& process) {
  const auto& before = plan_.store_may_fail() ? process.asked_at : asked_at_;
  if (before && timeline_.now() - *before < ms(engine::kCallsInterval_ms)) {
    throw Broken("I6", process.name() + " requests the active calls " +
                           std::to_string((timeline_.now() - *before).count() / 1000) +
                           " ms after the last request");
  }
  process.asked_at = asked_at_ = timeline_.now();
}

// A manual mute ends by itself after its time, or with its call. The simulated browser must learn
// of it.
void World::follow_manual_mute(const Process& process) {
  if (process.is_settler() || process.gone_at) return;
  Browser& browser = browsers_[static_cast<std::size_t>(process.browser)];
  if (browser.host != process.serial || !browser.declared || browser.mode != OverrideMode::mute ||
      process.session->status().override_mode != OverrideMode::automatic) {
    return;
  }
  const bool over = timeline_.now() - browser.manual_since >= ms(plan_.settings.manual_mute_ms);
  if (!over && !plan_.settings.active_calls && !plan_.settings.feed) {
    throw Broken("I1", process.name() + " ends a manual mute by itself");
  }
  browser.mode = OverrideMode::automatic;
}

void World::check_process(const Process& process) {
  if (process.is_settler() || process.gone_at) return;
  const Browser& browser = browsers_[static_cast<std::size_t>(process.browser)];
  if (browser.host != process.serial) return;
  witness_.publishes(process, host_must_mute(browser), timeline_.now());
  if (browser.declared) check_delay(process, browser);
}

// How long a call may be in no list, if calls are muted by their IDs.
int World::longest_without_list_ms() const {
  if (!plan_.by_call()) return 0;
  return plan_.by_events_alone() ? engine::kNewList_ms + kFeedLate_ms : engine::kCallsInterval_ms;
}

// Whether the feed of a host that must mute is live, and would bring a new list.
bool World::a_host_hears() const {
  return std::ranges::any_of(browsers_, [this](const Browser& browser) {
    const auto host = processes_.find(browser.host);
    return host_must_mute(browser) && host != processes_.end() && host->second->feed_is_live &&
           !is_silent(*host->second);
  });
}

// Invariant I3 with target call and events alone: a host that has had no list for long does not say
// `muted`, because there may be calls that it does not know.
void World::check_old_lists(const Call& call) const {
  for (const Browser& browser : browsers_) {
    const auto host = processes_.find(browser.host);
    if (!host_must_mute(browser) || host == processes_.end()) continue;
    const Process& process = *host->second;
    const bool has_old_list =
        timeline_.now() - process.listed_at > ms(engine::kListStale_ms) + kLate;
    if (has_old_list && process.session->status().state == engine::State::muted) {
      throw Broken("I3",
                   process.name() + " says muted by an old list that may lack " + call.call_id);
    }
  }
}

// Checks how long a call is recorded while a form is open: the invariant I8, and I3 with the list
// of active calls or with events alone.
void World::check_exposure() {
  const Time now = timeline_.now();
  const bool wanted =
      std::ranges::any_of(browsers_, [this](const auto& each) { return host_must_mute(each); });
  if (wanted != wanted_since_.has_value()) {
    wanted_changed_at_ = now;
    wanted_since_ = wanted ? std::optional(now) : std::nullopt;
  }
  const engine::Settings& settings = plan_.settings;
  const Time limit =
      ms(plan_.longest_reassert_ms()) + kRoundTrip * 2 + kLate + ms(longest_without_list_ms());
  if (wanted && plan_.by_events_alone() && !a_host_hears()) feed_lost_at_ = now;
  const Time calm_since = std::max(
      {trouble_at_ + ms(settings.timeout_ms) + kRetry, told_to_wait_until_, feed_lost_at_});
  for (Call& call : voicenter_.calls()) {
    if (!wanted || !call.answered || !call.on_extension || call.muted) {
      call.exposed_since.reset();
      continue;
    }
    if (!call.exposed_since) call.exposed_since = now;
    if (plan_.by_events_alone()) check_old_lists(call);
    if (weather_ == Weather::fair && now - std::max(*call.exposed_since, calm_since) > limit) {
      throw Broken("I8", "call " + call.call_id + " has been recorded for " +
                             std::to_string((now - *call.exposed_since).count() / 1000) +
                             " ms while a form is open and the network is fair");
    }
    const bool must_be_detected =
        weather_ == Weather::lying && settings.active_calls && plan_.tells_muted &&
        !plan_.by_call() &&
        now - std::max({*call.exposed_since, weather_since_, calm_since}) > kDetected;
    if (!must_be_detected) continue;
    for (const Browser& browser : browsers_) {
      if (!host_must_mute(browser) || now - *wanted_since_ < kDetected) continue;
      const Process* host = process(browser.host);
      if (host->session->status().state == engine::State::muted && host->asked_at) {
        throw Broken("I3", host->name() + " says muted while the list of active calls says of " +
                               call.call_id + " that it is not");
      }
    }
  }
}

// Checks invariant I4, and I3 once more, because an acknowledgement may expire without any event.
void World::check_tickets() {
  for (const auto& [serial, process] : processes_) {
    if (process->gone_at || process->is_settler()) continue;
    if (!process->tickets.empty() &&
        timeline_.now() - process->tickets.begin()->second > kAnswered) {
      throw Broken("I4", process->name() + " leaves request " +
                             std::to_string(process->tickets.begin()->first) +
                             " without an answer");
    }
    check_process(*process);
  }
}

// Invariant I5: the number of requests and wake-ups of one process in a minute.
void World::count(Process& process) {
  if (timeline_.now() - process.minute < ms(60'000)) return;
  const int limit = kRequests_per_minute * (plan_.by_call() ? kCalls_at_once : 1) +
                    kRequests_per_act * process.user_actions;
  if (process.requests > limit) {
    throw Broken("I5", process.name() + " has sent " + std::to_string(process.requests) +
                           " requests in a minute");
  }
  if (process.ticks > kTicks_per_minute) {
    throw Broken("I5", process.name() + " has woken up " + std::to_string(process.ticks) +
                           " times in a minute");
  }
  process.minute = timeline_.now();
  process.requests = process.ticks = process.user_actions = 0;
}

}  // namespace cardmute::simulation
