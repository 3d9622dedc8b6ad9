#include "agent/ledger_entries.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace cardmute::agent {

using engine::Moment;
using engine::OverrideMode;
using engine::State;
using store::EntryKind;

namespace {

double ms_of(engine::Steady duration) {
  return std::chrono::duration<double, std::milli>(duration).count();
}

store::Entry entry_at(EntryKind kind, UtcTime at) {
  store::Entry entry;
  entry.kind = kind;
  entry.at = at;
  return entry;
}

}  // namespace

store::Entry exposure_entry(engine::Exposure measured, std::string origin) {
  const bool form = measured.of == engine::Exposure::Of::form;
  store::Entry entry =
      entry_at(form ? EntryKind::form_exposure : EntryKind::keystroke_exposure, measured.from.utc);
  entry.origin = std::move(origin);
  entry.surface = std::move(measured.surface);
  entry.duration_ms = ms_of(measured.lasted);
  entry.outcome = measured.acknowledged ? store::kAcknowledged : store::kNeverAcknowledged;
  return entry;
}

store::Entry surface_entry(EntryKind kind, const std::string& surface, std::string origin,
                           State state, Moment now) {
  store::Entry entry = entry_at(kind, now.utc);
  entry.surface = surface;
  entry.origin = std::move(origin);
  entry.detail = std::string(engine::name_of(state));
  return entry;
}

store::Entry form_call_entry(const FormCalls::Change& change, std::string origin, Moment now) {
  store::Entry entry;
  entry.kind = EntryKind::form_call;
  entry.at = now.utc;
  entry.surface = change.surface;
  entry.origin = std::move(origin);
  entry.target = engine::Target{TargetBy::call, change.call_id};
  if (change.phase == engine::CallPhase::talking) entry.outcome = store::kTalking;
  if (change.phase == engine::CallPhase::held) entry.outcome = store::kHeld;
  return entry;
}

store::Entry override_entry(OverrideMode mode, const engine::Status& status, Moment now) {
  const bool accepted = status.override_mode == mode;
  const bool over_form = accepted && mode == OverrideMode::record && status.surfaces > 0;
  store::Entry entry =
      entry_at(over_form ? EntryKind::recording_over_form : EntryKind::override_mode, now.utc);
  entry.detail = std::string(engine::name_of(mode)) + (accepted ? "" : ", refused");
  return entry;
}

store::Entry unmute_delay_entry(Moment now) {
  store::Entry entry = entry_at(EntryKind::unmute_delayed, now.utc);
  entry.duration_ms = engine::kLongestUnmuteDelay_ms;
  return entry;
}

void StatusEntries::on_notice(engine::NoticeCode code, EntryKind kind, const engine::Status& status,
                              Moment now, std::vector<store::Entry>& entries) {
  if (std::ranges::find(status.notices, code, &engine::Notice::code) == status.notices.end()) {
    noticed_.erase(code);
  } else if (noticed_.insert(code).second) {
    entries.push_back(entry_at(kind, now.utc));
  }
}

std::vector<store::Entry> StatusEntries::on_status(const engine::Status& status, bool wants_mute,
                                                   Moment now) {
  std::vector<store::Entry> entries;
  on_notice(engine::NoticeCode::form_idle, EntryKind::idle, status, now, entries);
  on_notice(engine::NoticeCode::form_mute_long, EntryKind::form_mute_long, status, now, entries);
  if (status.state != state_) {
    state_ = status.state;
    store::Entry entry = entry_at(EntryKind::state, now.utc);
    entry.detail = std::string(engine::name_of(status.state));
    if (status.problem) entry.outcome = std::string(name_of(status.problem->code));
    entries.push_back(std::move(entry));
  }
  const bool exposed = wants_mute && status.state != State::muted;
  if (exposed && !exposed_since_) {
    exposed_since_ = now;
    was_unprotected_ = false;
  }
  if (exposed) {
    const bool has_call = !status.problem || status.problem->code != ErrorCode::no_active_call;
    was_unprotected_ = was_unprotected_ || (status.state == State::unprotected && has_call);
  } else if (exposed_since_) {
    store::Entry entry = entry_at(EntryKind::exposure, exposed_since_->utc);
    entry.duration_ms = ms_of(now.steady - exposed_since_->steady);
    // A form that closes while its first mute is in flight is no sign that mutes fail.
    if (was_unprotected_ && status.state != State::muted) entry.outcome = store::kToTheEnd;
    entries.push_back(std::move(entry));
    exposed_since_.reset();
  }
  return entries;
}

}  // namespace cardmute::agent
