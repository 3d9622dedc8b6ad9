// The invariants that hold at any time; see world.hpp and README.md.
#include <algorithm>

#include "world.hpp"

namespace cardmute::simulation {

using engine::Command;
using protocol::OverrideMode;

namespace {

// Of a request and its answer while the network is fair.
constexpr Time kRoundTrip = ms(240);
// A process wakes up a little late, and looks at what others did only so often.
constexpr Time kLate = ms(run::kLookSoon_ms + 60);
// After trouble the next try comes within this (engine's kLongestRetry_ms), after a timeout.
constexpr Time kRetry = ms(2000);
// The first attempt decides the answer; by call, each call's, and those that are repeated because a
// mute is in doubt (engine's kDoubt_ms).
constexpr Time kAnswered = ms(15'000);
// With the list of active calls a mute in words only is seen through within this.
constexpr Time kSeenThrough = ms(3 * engine::kAskInterval_ms);
// Re-assertions under doubt come twice a second, and a person's acts come on top.
constexpr int kRequests_per_minute = 180;
constexpr int kCalls_at_once = 6;  // each a line of its own
constexpr int kRequests_per_act = 4;
constexpr int kTicks_per_minute = 4000;

}  // namespace

bool World::wishes(const Browser& browser) const {
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

bool World::tells_a_wish(const Browser& browser) const {
  return browser.host != 0 && browser.declared && wishes(browser);
}

// I7 and I9.
void World::check_sending(const Process& process, const engine::Send& send) {
  if (plan_.store_faults) return;
  if (!observer_.knows(send.command, send.target, process.identity.pid, moment().steady)) {
    throw Broken("I7", process.name() + " sends what does not stand in the store");
  }
  if (send.command == Command::mute) return;
  if (send.target.by != "extension") {
    const Call* call = voicenter_.find(send.target.value);
    const bool stays = plan_.by_call() && call != nullptr && call->answered && call->on_extension;
    const bool wished =
        std::ranges::any_of(browsers_, [this](const auto& each) { return tells_a_wish(each); });
    if (stays && wished) {
      throw Broken("I9", process.name() + " unmutes " + call->ivrid + " while a form is open");
    }
    return;
  }
  for (const Browser& browser : browsers_) {
    if (tells_a_wish(browser)) {
      throw Broken("I9", process.name() + " unmutes while browser " +
                             std::to_string(browser.number) + " wants the mute");
    }
    if (browser.lost_at && timeline_.now() < *browser.lost_at + ms(plan_.absence.grace_ms)) {
      throw Broken("I9", process.name() + " unmutes within the grace of browser " +
                             std::to_string(browser.number));
    }
  }
}

// I6. Where the store fails, each process counts for itself.
void World::check_question(Process& process) {
  const auto& before = plan_.store_faults ? process.asked_at : asked_at_;
  if (before && timeline_.now() - *before < ms(engine::kAskInterval_ms)) {
    throw Broken("I6", process.name() + " asks for the active calls " +
                           std::to_string((timeline_.now() - *before).count() / 1000) +
                           " ms after the last question");
  }
  process.asked_at = asked_at_ = timeline_.now();
}

// A manual mute ends by itself with its time, or with the call that it was about.
void World::follow_manual_mute(const Process& process) {
  if (process.is_caretaker() || process.gone_at) return;
  Browser& browser = browsers_[static_cast<std::size_t>(process.browser)];
  if (browser.host != process.serial || !browser.declared || browser.mode != OverrideMode::mute ||
      process.session->status().override_mode != OverrideMode::automatic) {
    return;
  }
  const bool over = timeline_.now() - browser.manual_since >= ms(plan_.settings.manual_mute_ms);
  if (!over && !plan_.settings.active_calls) {
    throw Broken("I1", process.name() + " ends a manual mute by itself");
  }
  browser.mode = OverrideMode::automatic;
}

void World::check_process(const Process& process) {
  if (process.is_caretaker() || process.gone_at) return;
  const Browser& browser = browsers_[static_cast<std::size_t>(process.browser)];
  if (browser.host != process.serial) return;
  witness_.publishes(process, tells_a_wish(browser), timeline_.now());
}

// I8: while a lease lives and the network is fair, nobody is recorded for long.
void World::check_exposure() {
  const Time now = timeline_.now();
  const bool wished =
      std::ranges::any_of(browsers_, [this](const auto& each) { return tells_a_wish(each); });
  if (wished != wished_since_.has_value()) {
    wish_changed_at_ = now;
    wished_since_ = wished ? std::optional(now) : std::nullopt;
  }
  const engine::Settings& settings = plan_.settings;
  const Time limit = ms(settings.reassert_ms) + kRoundTrip * 2 + kLate +
                     (plan_.by_call() ? ms(engine::kAskInterval_ms) : ms(0));
  const Time calm_since =
      std::max(trouble_at_ + ms(settings.timeout_ms) + kRetry, told_to_wait_until_);
  for (Call& call : voicenter_.calls()) {
    if (!wished || !call.answered || !call.on_extension || call.muted) {
      call.exposed_since.reset();
      continue;
    }
    if (!call.exposed_since) call.exposed_since = now;
    if (weather_ == Weather::fair && now - std::max(*call.exposed_since, calm_since) > limit) {
      throw Broken("I8", "call " + call.ivrid + " is recorded since " +
                             std::to_string((now - *call.exposed_since).count() / 1000) +
                             " ms while a form is open and the network is fair");
    }
    const bool seen_through =
        weather_ == Weather::lying && settings.active_calls && plan_.tells_muted &&
        !plan_.by_call() &&
        now - std::max({*call.exposed_since, weather_since_, calm_since}) > kSeenThrough;
    if (!seen_through) continue;
    for (const Browser& browser : browsers_) {
      if (!tells_a_wish(browser) || now - *wished_since_ < kSeenThrough) continue;
      const Process* host = process(browser.host);
      if (host->session->status().state == protocol::State::muted && host->asked_at) {
        throw Broken("I3", host->name() + " says muted while the list of active calls says of " +
                               call.ivrid + " that it is not");
      }
    }
  }
}

// I4, and I3 once more: an acknowledgement grows old without anything happening.
void World::check_tickets() {
  for (const auto& [serial, process] : processes_) {
    if (process->gone_at || process->is_caretaker()) continue;
    if (!process->tickets.empty() &&
        timeline_.now() - process->tickets.begin()->second > kAnswered) {
      throw Broken("I4", process->name() + " leaves request " +
                             std::to_string(process->tickets.begin()->first) +
                             " without an answer");
    }
    check_process(*process);
  }
}

// I5: requests and wakings of one process.
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
