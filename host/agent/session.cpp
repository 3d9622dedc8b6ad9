#include "agent/session.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

#include "agent/clock.hpp"

namespace cardmute::agent {

using engine::Moment;
using engine::OverrideMode;
using std::chrono::milliseconds;

namespace {

// Bounds that only a defect can reach; see defect().
constexpr int kMaxRounds = 64;  // rounds of follow() in which the engine has new actions
constexpr int kMaxReopens = 3;  // times that the store is created again while it is being filled

engine::Steady steady_of(double ms) {
  return std::chrono::duration_cast<engine::Steady>(std::chrono::duration<double, std::milli>(ms));
}

}  // namespace

Session::Session(std::uint32_t seed, store::Settings store, Moment now)
    : store_(std::move(store)),
      engine_(seed, now),
      status_entries_(engine_.status().state),
      status_(engine_.status()) {}

void Session::configure(engine::Settings settings, store::Absence absence, Moment now) {
  absence_ = absence;
  has_browser_ = !settings.acts_for_others;
  engine_.configure(std::move(settings), now);
  refresh(now);
  follow(now);
}

void Session::no_configuration(std::string reason, Moment now) {
  engine_.no_configuration(std::move(reason), now);
  follow(now);
}

void Session::open(engine::Ticket ticket, const store::Lease& lease, Moment now) {
  // If another browser has already muted the call, this browser need not send a mute.
  if (!store_.is_current(now)) refresh(now);
  leases_.describe(lease);
  engine_.open(ticket, lease.surface, now);
  follow(now);
  leases_.forget_unless_recorded(lease.surface);
}

void Session::close(engine::Ticket ticket, const std::string& surface, const std::string& reason,
                    Moment now) {
  refresh_others(now);
  closing_reason_ = reason;
  engine_.close(ticket, surface, now);
  follow(now);
  closing_reason_.clear();
}

void Session::active(const std::string& surface, Moment now) {
  engine_.active(surface, now);
  follow(now);
}

void Session::visible(const std::string& surface, double ago_ms, Moment now) {
  engine_.visible(surface, steady_of(ago_ms), now);
  record_exposures();
}

void Session::typed_card(const std::string& surface, double ago_ms, Moment now) {
  engine_.typed_card(surface, steady_of(ago_ms), now);
  record_exposures();
}

void Session::continued(const std::string& surface, std::optional<bool> seen, Moment now) {
  auto entry = surface_entry(store::EntryKind::continued, surface, leases_.origin_of(surface),
                             status_.state, now);
  if (seen) entry.outcome = *seen ? store::kSeen : store::kNotSeen;
  store_.add_entry(std::move(entry));
}

void Session::overlay_reported(store::EntryKind event, const std::string& surface, Moment now) {
  store_.add_entry(surface_entry(event, surface, leases_.origin_of(surface), status_.state, now));
}

void Session::override_with(engine::Ticket ticket, OverrideMode mode, Moment now) {
  refresh_others(now);
  engine_.override_with(ticket, mode, now);
  store_.add_entry(override_entry(mode, engine_.status(), now));
  follow(now);
}

void Session::finished(engine::Attempt attempt, const engine::Outcome& outcome, Moment now) {
  const auto landed = engine_.finished(attempt, outcome, now);
  const auto request = requests_.find(attempt);
  if (request != requests_.end()) {
    const bool kept =
        store_.end_later(request->second, outcome, landed.counts, landed.settled, now);
    requests_.erase(request);
    // Before the reply, the engine must learn what other processes have done since the request was
    // sent. If they have done nothing, and the outcome changes nothing in the store that the status
    // shows, the reply need not wait for the store.
    if (!kept || shared_.left_muted || !store_.is_current(now)) {
      apply_shared(store_.write_outcomes(now), now);
    }
  }
  follow(now);
}

void Session::write_outcomes(Moment now) {
  if (!store_.has_outcomes()) return;
  apply_shared(store_.write_outcomes(now), now);
  follow(now);
}

void Session::listed(engine::Attempt attempt, const engine::CallList& list, Moment now) {
  end_calls_request(now);
  const engine::KnownCalls known{engine_.asked_at(), list};
  const bool taken = engine_.listed(attempt, list, now);
  if (taken && list.usable()) apply_shared(store_.listed(known, now), now);
  follow(now);
}

void Session::feed(bool live, Moment now) {
  engine_.feed(live, now);
  follow(now);
}

void Session::calls_changed(const engine::CallList& list, Moment now) {
  engine_.calls_changed(list, now);
  follow(now);
}

bool Session::browser_gone(Moment now) {
  const bool leaves = leases_.want_mute();
  if (!leases_.empty()) apply_shared(store_.orphan(now), now);
  // Any process may take the orphaned leases over, so they are no longer recorded here.
  leases_.clear_recorded();
  engine_.browser_gone(now);
  record_exposures();
  leases_.clear_descriptions();
  follow(now);
  // The settler is also needed for leases of other processes. Such a process may be dead, and
  // perhaps nobody else would notice.
  return shared_.works && (leaves || shared_.leases_elsewhere > 0);
}

void Session::tick(Moment now) {
  if (now.steady >= next_look_) refresh(now);
  engine_.tick(now);
  follow(now);
}

void Session::rest(Moment now) {
  const store::Minute minute{store::minute_of(now.utc), engine_.call_in_progress(now)};
  if (has_browser_ && minute != minute_) {
    minute_ = minute;
    store_.ran(minute);
  }
  store_.rest(now);
}

void Session::give_up_leases(Moment now) {
  apply_shared(store_.give_up(now), now);
  follow(now);
}

void Session::hurry(Moment now) {
  absence_.grace_ms = 0;
  refresh(now);
  engine_.hurry(now);
  follow(now);
}

std::vector<engine::Action> Session::take_actions() { return std::exchange(actions_, {}); }

engine::Steady Session::next_deadline(Moment now) const {
  const auto engine = engine_.next_deadline(now);
  return engine ? std::min(*engine, next_look_) : next_look_;
}

bool Session::nothing_to_settle() const {
  if (engine_.in_flight()) return false;
  return engine_.idle() || (shared_.held_by_the_living && !shared_.look_again_at);
}

// --- The store

// Records the leases first, so that no other process unmutes, and then carries out the actions. If
// a request follows at once, lease and request are written in one transaction.
void Session::follow(Moment now) {
  record_exposures();  // now, because the origin of a closed surface is soon forgotten
  int round = 0;
  for (; round < kMaxRounds; ++round) {
    auto actions = engine_.take_actions();
    if (actions.empty()) {
      record_leases(false, now);
      actions = engine_.take_actions();  // actions that follow from the store's answer
      if (actions.empty()) break;
    }
    const bool sends = std::ranges::any_of(
        actions, [](const auto& each) { return std::holds_alternative<engine::Send>(each); });
    record_leases(sends, now);
    for (const auto& action : actions) carry_out(action, now);
  }
  assert(round < kMaxRounds);
  if (round == kMaxRounds) defect_ = "the engine had new actions in every round";
  update_status(now);
}

void Session::record_leases(bool with_next, Moment now) {
  const auto leases = engine_.leases(now);
  while (const auto change = leases_.next_change(leases)) {
    const auto shared = record(*change, with_next, now);
    if (!with_next) apply_shared(shared, now);
  }
}

engine::Shared Session::record(const LeaseRecords::Change& change, bool with_next, Moment now) {
  const auto& lease = change.lease;
  return change.released ? store_.release(lease.surface, closing_reason_, now, with_next)
                         : store_.acquire(lease, now, with_next);
}

void Session::carry_out(const engine::Action& action, Moment now) {
  if (const auto* send = std::get_if<engine::Send>(&action)) {
    const auto begun = store_.begin(send->command, send->target, now, send->unless_wanted);
    if (!begun.may_send) {
      engine_.not_sent(send->attempt, now);
    } else {
      if (begun.request != 0) requests_[send->attempt] = begun.request;
      actions_.push_back(action);
    }
    apply_shared(begun.shared, now);
  } else if (const auto* ask = std::get_if<engine::RequestCalls>(&action)) {
    if (const auto until = begin_calls_request(ask->timeout_ms, now)) {
      engine_.calls_not_requested(*until);
    } else {
      actions_.push_back(action);
    }
  } else if (const auto* owe = std::get_if<engine::AddOutstanding>(&action)) {
    apply_shared(store_.add_outstanding_mute(owe->target, now), now);
  } else if (const auto* off = std::get_if<engine::DropOutstanding>(&action)) {
    apply_shared(store_.remove_outstanding_mute(off->target, now), now);
  } else if (std::holds_alternative<engine::RecordUnmuteDelay>(action)) {
    store_.add_entry(unmute_delay_entry(now));
  } else {
    actions_.push_back(action);
  }
}

void Session::apply_shared(engine::Shared shared, Moment now) {
  // If the store was created again, `shared` lacks what this process has recorded before.
  int reopens = 0;
  for (; reopens < kMaxReopens && store_.reopened(); ++reopens) shared = record_all_again(now);
  if (reopens == kMaxReopens) defect_ = "the store was created again each time";
  shared_ = std::move(shared);
  engine_.shared(shared_, now);
  // A request of this process that is in flight may have to be undone as soon as another process
  // wants the opposite.
  const bool busy = engine_.status().elsewhere > 0 || !shared_.outstanding.empty() ||
                    !leases_.empty() || engine_.in_flight();
  if (engine_.others_unmute()) {
    next_look_ = now.steady + milliseconds(kRefreshNow_ms);
  } else if (busy) {
    next_look_ = now.steady + milliseconds(kRefreshSoon_ms);
  } else {
    next_look_ = next_multiple(now.steady, milliseconds(kRefresh_ms));
  }
  if (shared_.look_again_at)
    next_look_ =
        std::min(next_look_, std::max(*shared_.look_again_at, now.steady + milliseconds(1)));
}

// Call this before a reply that depends on other processes' leases: what this process remembers of
// them may be out of date.
void Session::refresh_others(Moment now) {
  if (engine_.status().elsewhere > 0 && !store_.is_current(now)) refresh(now);
}

void Session::refresh(Moment now) { apply_shared(store_.refresh(now, absence_), now); }

// Records all leases and outstanding mutes of this process again, after the store was created again
// or has missed something.
engine::Shared Session::record_all_again(Moment now) {
  leases_.clear_recorded();
  auto shared = store_.refresh(now, absence_);
  for (const auto& target : engine_.outstanding_mutes()) {
    shared = store_.add_outstanding_mute(target, now);
  }
  const auto leases = engine_.leases(now);
  while (const auto change = leases_.next_change(leases)) shared = record(*change, false, now);
  return shared;
}

}  // namespace cardmute::agent
