// See session.hpp.
#include "run/session.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace cardmute::run {

using engine::Moment;
using protocol::OverrideMode;
using protocol::State;
using std::chrono::milliseconds;

namespace {

// An engine that found something new to do each time would be wrong; tests would see it.
constexpr int kMaxRounds = 64;

engine::Steady steady_of(double ms) {
  return std::chrono::duration_cast<engine::Steady>(std::chrono::duration<double, std::milli>(ms));
}

double ms_of(engine::Steady duration) {
  return std::chrono::duration<double, std::milli>(duration).count();
}

}  // namespace

Session::Session(std::uint32_t seed, store::Settings store, Moment now)
    : store_(std::move(store)), engine_(seed, now), status_(engine_.status()) {}

void Session::configure(engine::Settings settings, store::Absence absence, Moment now) {
  absence_ = absence;
  engine_.configure(std::move(settings), now);
  look(now);
  follow(now);
}

void Session::no_configuration(std::string reason, Moment now) {
  engine_.no_configuration(std::move(reason), now);
  follow(now);
}

void Session::open(engine::Ticket ticket, const store::Lease& lease, Moment now) {
  look(now);  // what another browser has muted already need not be muted again
  surfaces_.insert_or_assign(lease.surface, lease);
  engine_.open(ticket, lease.surface, now);
  follow(now);
  if (!told_.contains(lease.surface)) surfaces_.erase(lease.surface);  // too many are open
}

void Session::close(engine::Ticket ticket, const std::string& surface, const std::string& reason,
                    Moment now) {
  look_at_others(now);
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
  note_exposures();
}

void Session::typed_card(const std::string& surface, double ago_ms, Moment now) {
  engine_.typed_card(surface, steady_of(ago_ms), now);
  note_exposures();
}

void Session::continued(const std::string& surface, Moment now) {
  store::Entry entry;
  entry.kind = "continued";
  entry.at = now.utc;
  entry.surface = surface;
  if (const auto known = surfaces_.find(surface); known != surfaces_.end()) {
    entry.origin = known->second.origin;
  }
  entry.detail = std::string(protocol::name_of(status_.state));
  store_.note(std::move(entry));
}

void Session::override_with(engine::Ticket ticket, OverrideMode mode, Moment now) {
  look_at_others(now);
  engine_.override_with(ticket, mode, now);
  const bool taken = engine_.status().override_mode == mode;
  const bool over_form = taken && mode == OverrideMode::record && engine_.status().surfaces > 0;
  store::Entry entry;
  entry.kind = over_form ? "recording_over_form" : "override";
  entry.at = now.utc;
  entry.detail = std::string(protocol::name_of(mode)) + (taken ? "" : ", refused");
  store_.note(std::move(entry));
  follow(now);
}

void Session::finished(engine::Attempt attempt, const engine::Outcome& outcome, Moment now) {
  const auto landed = engine_.finished(attempt, outcome, now);
  const auto request = requests_.find(attempt);
  if (request != requests_.end()) {
    heard(store_.end(request->second, outcome, landed.counts, landed.settled, now), now);
    requests_.erase(request);
  }
  follow(now);
}

void Session::listed(engine::Attempt attempt, const engine::CallList& list, Moment now) {
  const engine::KnownCalls known{engine_.asked_at(), list};
  const bool taken = engine_.listed(attempt, list, now);
  if (taken && list.usable()) heard(store_.listed(known, now), now);
  follow(now);
}

bool Session::browser_gone(Moment now) {
  const bool leaves = std::ranges::any_of(told_, [](const auto& each) { return !each.second; });
  if (!told_.empty()) heard(store_.orphan(now), now);
  // From here on they are everybody's.
  told_.clear();
  engine_.browser_gone(now);
  note_exposures();
  surfaces_.clear();
  follow(now);
  // Others' leases too: their process may have died, and nobody else may be left to find out.
  return shared_.works && (leaves || shared_.leases_elsewhere > 0);
}

void Session::tick(Moment now) {
  if (now.steady >= next_look_) look(now);
  engine_.tick(now);
  follow(now);
}

void Session::give_up_leases(Moment now) {
  heard(store_.give_up(now), now);
  follow(now);
}

void Session::hurry(Moment now) {
  absence_.grace_ms = 0;
  look(now);
  follow(now);
}

std::vector<engine::Action> Session::take_actions() { return std::exchange(actions_, {}); }

engine::Steady Session::next_deadline(Moment now) const {
  const auto engine = engine_.next_deadline(now);
  return engine ? std::min(*engine, next_look_) : next_look_;
}

bool Session::nothing_to_care_for() const {
  if (engine_.in_flight()) return false;
  return engine_.idle() || (shared_.leases_elsewhere > 0 && !shared_.look_again_at);
}

// --- the store

// The leases first, so that nobody else unmutes; then what follows from them. Where a request
// follows at once they are written together with it.
void Session::follow(Moment now) {
  note_exposures();  // while it is still known where a surface was that has just gone
  for (int round = 0; round < kMaxRounds; ++round) {
    auto actions = engine_.take_actions();
    if (actions.empty()) {
      tell_leases(false, now);
      actions = engine_.take_actions();  // of what the store said to that
      if (actions.empty()) break;
    }
    const bool sends = std::ranges::any_of(
        actions, [](const auto& each) { return std::holds_alternative<engine::Send>(each); });
    tell_leases(sends, now);
    for (const auto& action : actions) carry_out(action, now);
  }
  keep_account(now);
}

void Session::tell_leases(bool with_next, Moment now) {
  const auto leases = engine_.leases(now);
  const auto tell = [&](const engine::Shared& shared) {
    if (!with_next) heard(shared, now);
  };
  const auto name = [](const engine::Engine::Lease& lease) {
    return lease.surface.empty() ? std::string(store::kManualMute) : lease.surface;
  };
  for (const auto& lease : leases) {
    const std::string surface = name(lease);
    const auto told = told_.find(surface);
    if (told != told_.end() && told->second == lease.suspended) continue;
    told_[surface] = lease.suspended;
    const auto known = surfaces_.find(surface);
    store::Lease row =
        known == surfaces_.end() ? store::Lease{surface, "", "", false} : known->second;
    row.suspended = lease.suspended;
    tell(store_.hold(row, now, with_next));
  }
  if (told_.size() == leases.size()) return;
  std::set<std::string> held;
  for (const auto& lease : leases) held.insert(name(lease));
  // What the store answers may have everything told anew meanwhile.
  std::vector<std::string> released;
  for (const auto& each : told_) {
    if (!held.contains(each.first)) released.push_back(each.first);
  }
  for (const std::string& surface : released) {
    if (told_.erase(surface) == 0) continue;
    surfaces_.erase(surface);
    tell(store_.release(surface, closing_reason_, now, with_next));
  }
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
    heard(begun.shared, now);
  } else if (std::holds_alternative<engine::Ask>(action)) {
    if (const auto until =
            store_.begin_question(engine::kAskInterval_ms + engine::kAskMargin_ms, now)) {
      engine_.not_asked(*until);
    } else {
      actions_.push_back(action);
    }
  } else if (const auto* owe = std::get_if<engine::Owe>(&action)) {
    heard(store_.owe(owe->target, now), now);
  } else if (const auto* off = std::get_if<engine::WriteOff>(&action)) {
    heard(store_.write_off(off->target, now), now);
  } else {
    actions_.push_back(action);
  }
}

void Session::heard(const engine::Shared& shared, Moment now) {
  // What it says is what it knew before this process had told it anything.
  if (store_.reopened()) {
    tell_all_again(now);
    return;
  }
  shared_ = shared;
  engine_.shared(shared, now);
  // What is in flight may have to be undone, whatever the others wish meanwhile.
  const bool busy =
      shared.leases_elsewhere > 0 || !shared.owed.empty() || !told_.empty() || engine_.in_flight();
  const int pause_ms = engine_.others_unmute() ? kLookNow_ms : busy ? kLookSoon_ms : kLook_ms;
  next_look_ = now.steady + milliseconds(pause_ms);
  if (shared.look_again_at)
    next_look_ =
        std::min(next_look_, std::max(*shared.look_again_at, now.steady + milliseconds(1)));
}

// Whether this is the last release decides what is answered, so it must not be told from memory.
void Session::look_at_others(Moment now) {
  if (shared_.leases_elsewhere > 0) look(now);
}

void Session::look(Moment now) { heard(store_.look(now, absence_), now); }

// The store was made anew or has missed something: it hears what this process holds and owes.
void Session::tell_all_again(Moment now) {
  told_.clear();
  const auto owed = engine_.owed();
  auto shared = store_.look(now, absence_);
  for (const auto& target : owed) shared = store_.owe(target, now);
  heard(shared, now);
  tell_leases(false, now);
}

// --- what is told of it

void Session::note_exposures() {
  for (auto& measured : engine_.take_exposures()) {
    store::Entry entry;
    entry.kind = measured.of == engine::Exposure::Of::form ? "form_exposure" : "keystroke_exposure";
    entry.at = measured.from.utc;
    if (const auto known = surfaces_.find(measured.surface); known != surfaces_.end()) {
      entry.origin = known->second.origin;
    }
    entry.surface = std::move(measured.surface);
    entry.duration_ms = ms_of(measured.lasted);
    entry.outcome = measured.acknowledged ? store::kAcknowledged : store::kNeverAcknowledged;
    store_.note(std::move(entry));
  }
}

void Session::keep_account(Moment now) {
  const State before = status_.state;
  status_ = engine_.status();
  if (!store_.failure().empty()) {
    status_.notices.push_back({"store_failed", store_.failure()});
  }
  if (shared_.left_muted && status_.state != State::muted) {
    status_.notices.push_back({"left_muted",
                               "A browser went away in mid-payment, and the policy leaves the call "
                               "of that moment muted to its end."});
  }
  const bool idle = std::ranges::any_of(
      status_.notices, [](const auto& notice) { return notice.code == "form_idle"; });
  if (idle && !told_idle_) {
    store::Entry entry;
    entry.kind = "idle";
    entry.at = now.utc;
    store_.note(std::move(entry));
  }
  told_idle_ = idle;
  if (status_.state != before) {
    store::Entry entry;
    entry.kind = "state";
    entry.at = now.utc;
    entry.detail = std::string(protocol::name_of(status_.state));
    if (status_.problem) entry.outcome = std::string(name_of(status_.problem->code));
    store_.note(std::move(entry));
  }
  const bool wishes = std::ranges::any_of(told_, [](const auto& each) { return !each.second; });
  const bool exposed = wishes && status_.state != State::muted;
  if (exposed && !exposed_since_) {
    exposed_since_ = now;
  } else if (!exposed && exposed_since_) {
    store::Entry entry;
    entry.kind = "exposure";
    entry.at = exposed_since_->utc;
    entry.duration_ms = ms_of(now.steady - exposed_since_->steady);
    store_.note(std::move(entry));
    exposed_since_.reset();
  }
}

}  // namespace cardmute::run
