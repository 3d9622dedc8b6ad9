// The provider's feed. It tells each host every change of a call, in order but late. Some events
// are lost, come twice or are wrong, and connections break. The feed has a random source of its
// own, so that worlds without a feed stay the same.
#include <algorithm>

#include "world.hpp"

namespace cardmute::simulation {

namespace {

constexpr std::int64_t kLatestEvent_ms = 3000;
constexpr int kLost_percent = 8;
// The percentage of lost events in worlds where only events say which calls to mute. It is high, so
// that many calls are in no event.
constexpr int kLostAlone_percent = 40;
constexpr int kWrong_percent = 8;
constexpr int kTwice_percent = 5;
constexpr std::int64_t kLook_ms = 1000;
constexpr int kDeaf_percent = 40;
constexpr int kSilent_percent = 20;
constexpr std::int64_t kLongestDeaf_ms = 90'000;

}  // namespace

void plan_feed(Plan& plan, Chance& chance) {
  plan.settings.feed = chance.percent(40);
  if (!plan.settings.feed) return;
  if (chance.percent(50)) {
    plan.settings.reassert_live_ms =
        plan.settings.reassert_ms * static_cast<int>(chance.between(1, 4));
  }
  plan.feed_is_wrong = chance.percent(40);
  // With the target "call", events may be the only source that says which calls there are.
  if (plan.by_call() && chance.percent(50)) plan.settings.active_calls = false;
}

void World::feed_joins(int serial, Time delay) {
  if (!plan_.settings.feed) return;
  timeline_.after(delay, [this, serial] {
    Process* process = this->process(serial);
    if (process == nullptr || process->is_settler() || process->gone_at) return;
    process->feed_is_live = true;
    const int joins = ++process->feed_joins;
    tell(process->name(), " hears of calls from now on");
    const auto list = voicenter_.list(false);
    process->listed_at = timeline_.now();
    feed_hears_nothing(*process);
    // A step may kill the process, so `process` is not used after it.
    step(serial, [&](agent::Session& session, engine::Moment now) {
      session.feed(true, now);
      session.calls_changed(list, now);
    });
    feed_renews(serial, joins);
    feed_breaks(serial);
  });
}

// Where only events say which calls to mute, the feed may bring no event for long. Sometimes it
// brings no new list either, like a server that has forgotten this client.
void World::feed_hears_nothing(Process& process) {
  if (!plan_.by_events_alone() || !feed_chance_.percent(kDeaf_percent)) return;
  process.deaf_until = timeline_.now() + feed_chance_.between_ms(0, kLongestDeaf_ms);
  if (feed_chance_.percent(kSilent_percent)) process.silent_until = process.deaf_until;
}

bool World::is_silent(const Process& process) const {
  return !at_rest_ && timeline_.now() < process.silent_until;
}

// Brings a new list when the engine needs one, as agent/event_feed.cpp does.
void World::feed_renews(int serial, int joins) {
  timeline_.after(ms(kLook_ms), [this, serial, joins] {
    Process* process = this->process(serial);
    if (process == nullptr || !process->feed_is_live || process->feed_joins != joins) return;
    const auto due = process->session->engine().list_due();
    if (due && moment().steady >= *due && !is_silent(*process))
      feed_brings(*process, voicenter_.list(false));
    feed_renews(serial, joins);
  });
}

void World::feed_breaks(int serial) {
  const std::int64_t longest_ms = plan_.by_events_alone() ? 2 * kLongestDeaf_ms : 60'000;
  timeline_.after(feed_chance_.between_ms(1000, longest_ms), [this, serial] {
    Process* process = this->process(serial);
    if (process == nullptr || process->gone_at) return;
    if (at_rest_) return feed_breaks(serial);
    process->feed_is_live = false;
    tell(process->name(), " hears of calls no longer");
    step(serial, [](agent::Session& session, engine::Moment now) { session.feed(false, now); });
    feed_joins(serial, feed_chance_.between_ms(250, 30'000));
  });
}

// With the target "call", an event that lacks a call ends that call's mute. So in such worlds no
// event lacks a call.
engine::CallList World::event_now() {
  engine::CallList list = voicenter_.list(false);
  if (at_rest_ || !plan_.feed_is_wrong || !feed_chance_.percent(kWrong_percent)) return list;
  const bool drops = !plan_.by_call() && feed_chance_.percent(50) && !list.calls.empty();
  if (drops) {
    list.calls.erase(list.calls.begin() +
                     feed_chance_.between(0, static_cast<std::int64_t>(list.calls.size()) - 1));
  } else {
    list.calls.push_back({.call_id = "nobody's", .answered = true});
  }
  return list;
}

void World::feed_tells() {
  if (!plan_.settings.feed) return;
  for (const auto& [serial, process] : processes_) {
    if (!process->feed_is_live || (!at_rest_ && timeline_.now() < process->deaf_until)) continue;
    const int lost_percent = plan_.by_events_alone() ? kLostAlone_percent : kLost_percent;
    if (!at_rest_ && feed_chance_.percent(lost_percent)) continue;
    const auto list = event_now();
    feed_brings(*process, list);
    if (!at_rest_ && feed_chance_.percent(kTwice_percent)) feed_brings(*process, list);
  }
}

void World::feed_brings(Process& process, const engine::CallList& list) {
  const Time due = std::max(timeline_.now() + feed_chance_.between_ms(0, kLatestEvent_ms),
                            process.told_at + Time(1));
  process.told_at = due;
  timeline_.after(due - timeline_.now(),
                  [this, serial = process.serial, joins = process.feed_joins, list] {
                    Process* hears = this->process(serial);
                    // What was on its way when the connection broke does not come.
                    if (hears == nullptr || !hears->feed_is_live || hears->feed_joins != joins)
                      return;
                    hears->listed_at = timeline_.now();
                    step(serial, [&](agent::Session& session, engine::Moment now) {
                      session.calls_changed(list, now);
                    });
                  });
}

}  // namespace cardmute::simulation
