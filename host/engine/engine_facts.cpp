// What is true now: the questions that the engine's decisions rest on; see engine.hpp. Nothing here
// changes anything.
#include <algorithm>

#include "engine/engine.hpp"

namespace cardmute::engine {

using protocol::Error;
using protocol::Notice;
using protocol::OverrideMode;
using protocol::State;
using std::chrono::milliseconds;

bool Engine::own_wish(Moment now) const {
  if (override_ == OverrideMode::mute) return true;
  if (override_ == OverrideMode::record || surfaces_.empty()) return false;
  if (!settings_ || !settings_->resume_when_idle) return true;
  return surfaces_.idle(now.steady, milliseconds(settings_->idle_ms)) < surfaces_.size();
}

std::vector<Engine::Lease> Engine::leases(Moment now) const {
  std::vector<Lease> leases;
  for (const auto& [surface, touched] : surfaces_.all()) {
    const bool forgotten = settings_ && settings_->resume_when_idle &&
                           now.steady - touched >= milliseconds(settings_->idle_ms);
    leases.push_back({surface, forgotten || override_ == OverrideMode::record});
  }
  if (override_ == OverrideMode::mute) leases.push_back({"", false});
  return leases;
}

Line::Terms Engine::terms() const {
  return {settings_ ? &*settings_ : nullptr, gone_at_, leave_muted_, by_call() && wanted(),
          list_ ? list_from_ : std::nullopt};
}

bool Engine::by_call() const { return settings_ && settings_->target.by == "call"; }

const Line* Engine::main_line() const {
  if (!settings_ || by_call()) return nullptr;
  const auto found = std::ranges::find_if(
      lines_, [this](const auto& line) { return line->target() == settings_->target; });
  return found == lines_.end() ? nullptr : found->get();
}

// Whether the wish is about this line. The others only have something to settle.
bool Engine::needed(const Line& line) const {
  if (!settings_) return false;
  if (!by_call()) return line.target() == settings_->target;
  return list_ && std::ranges::any_of(list_->calls, [&](const ListedCall& call) {
           return call.answered && line.target().by == "ivrid" && line.target().value == call.ivrid;
         });
}

bool Engine::list_is_fresh(Moment now) const {
  return list_from_ && now.steady - *list_from_ < milliseconds(kListStale_ms);
}

// Its questions may be unanswered, or another process' each time.
bool Engine::no_list_comes(Moment now) const {
  if (!by_call() || !wanted() || list_is_fresh(now)) return false;
  return list_ || now.steady - wish_changed_at_ >= milliseconds(kNoList_ms);
}

bool Engine::held_by_acknowledgement(Moment now) const {
  if (!settings_) return false;
  if (!by_call()) return main_line() != nullptr && main_line()->held(terms(), now);
  bool any = false;
  for (const auto& line : lines_) {
    if (!line->wanted()) continue;
    any = true;
    if (!line->held(terms(), now)) return false;
  }
  return any && list_is_fresh(now) && !list_problem_;
}

bool Engine::held(Moment now) const { return held_by_acknowledgement(now) && verified_ != false; }

bool Engine::mute_failed(Moment now) const {
  if (!settings_ || verified_ == false || (by_call() && list_problem_)) return true;
  if (no_list_comes(now)) return true;
  return std::ranges::any_of(
      lines_, [](const auto& line) { return line->wanted() && line->mute_failed(); });
}

bool Engine::told_to_wait(Moment now) const {
  return std::ranges::any_of(lines_, [&](const auto& line) { return line->told_to_wait(now); });
}

bool Engine::maybe_muted() const {
  return std::ranges::any_of(lines_, [](const auto& line) { return line->maybe_muted(); });
}

std::vector<protocol::Target> Engine::owed() const {
  std::vector<protocol::Target> owed;
  for (const auto& line : lines_) {
    if (line->maybe_muted()) owed.push_back(line->target());
  }
  return owed;
}

bool Engine::in_flight() const {
  return std::ranges::any_of(lines_, [](const auto& line) { return line->in_flight(); });
}

bool Engine::idle() const {
  return !wanted() && calls_.empty() && !question_ &&
         std::ranges::all_of(lines_, [](const auto& line) { return line->idle(); });
}

bool Engine::may_be_configured() const {
  return !in_flight() &&
         std::ranges::none_of(lines_, [](const auto& line) { return line->confirmed(); });
}

State Engine::state(Moment now) const {
  if (wanted()) {
    if (held(now)) return State::muted;
    return mute_failed(now) ? State::unprotected : State::muting;
  }
  return maybe_muted() ? State::unmuting : State::recording;
}

std::optional<Error> Engine::problem(Moment now) const {
  if (configuration_problem_) return configuration_problem_;
  if (wanted() && verified_ == false) {
    return Error{ErrorCode::verification_failed,
                 "Voicenter acknowledged the mute, and its list of active calls shows a call that "
                 "is not muted."};
  }
  for (const auto& line : lines_) {
    if (line->wanted() && line->problem()) return line->problem();
  }
  if (wanted() && by_call() && list_problem_) return list_problem_;
  if (no_list_comes(now)) {
    return Error{ErrorCode::timeout,
                 "The list of active calls has not been answered for more than " +
                     std::to_string(kNoList_ms) + " ms: nobody knows which calls to mute."};
  }
  for (const auto& line : lines_) {
    if (!line->wanted() && line->problem() && !wanted()) return line->problem();
  }
  return std::nullopt;
}

std::vector<Notice> Engine::notices(Moment now) const {
  std::vector<Notice> notices;
  if (!settings_) return notices;
  const milliseconds limit(settings_->idle_ms);
  const auto idle = surfaces_.idle(now.steady, limit);
  const std::string minutes = std::to_string(settings_->idle_ms / 60'000);
  if (idle > 0 && override_ != OverrideMode::record) {
    notices.push_back({"form_idle", "A payment form has been open for " + minutes +
                                        " minutes without anyone typing into it. " +
                                        (settings_->resume_when_idle
                                             ? "The recording goes on until somebody does."
                                             : "Close it if it is no longer needed.")});
  }
  if (manual_since_ && surfaces_.empty() && now.steady - *manual_since_ >= limit) {
    notices.push_back({"manual_mute_long", "The mute by hand has lasted for " + minutes +
                                               " minutes or more. It ends by itself after " +
                                               std::to_string(settings_->manual_mute_ms / 60'000) +
                                               "; pressing mute again renews it."});
  }
  return notices;
}

// Only another browser wants the mute, and its host asks for the list.
bool Engine::stands_by() const {
  return wanted() && settings_ && !settings_->acts_for_others && main_line() != nullptr &&
         shared_.leases_elsewhere > 0 && surfaces_.empty() && override_ != OverrideMode::mute;
}

std::optional<Steady> Engine::next_ask() const {
  if (!settings_ || !settings_->active_calls || gone_at_ || question_) return std::nullopt;
  const Line* main = main_line();
  // An extension that is not found has no call left: what was muted on it has gone elsewhere.
  const bool ended = main != nullptr &&
                     (!main->maybe_muted() ||
                      (main->problem() && main->problem()->code == ErrorCode::extension_not_found));
  const bool settling = !wanted() && !calls_.empty() && ended;
  if (!by_call() && (stands_by() || (!wanted() && !settling))) return std::nullopt;
  Steady due = by_call() ? Steady::min() : wish_changed_at_ + milliseconds(kVerifyAfter_ms);
  if (asked_at_) due = std::max(due, *asked_at_ + milliseconds(kAskInterval_ms + kAskMargin_ms));
  return due;
}

bool Engine::done(Moment now) const {
  if (!gone_at_) return false;
  if (now.steady >= *gone_at_ + milliseconds(kFarewell_ms)) return true;
  return !in_flight() && (!maybe_muted() || leave_muted_ || wanted());
}

std::optional<Steady> Engine::next_deadline(Moment now) const {
  std::optional<Steady> earliest;
  const auto consider = [&earliest](const std::optional<Steady>& at) {
    if (at) earliest = earliest ? std::min(*earliest, *at) : *at;
  };
  for (const auto& line : lines_) consider(line->next_deadline(terms()));
  consider(next_ask());
  if (gone_at_) consider(*gone_at_ + milliseconds(kFarewell_ms));
  if (settings_ && !gone_at_) {
    const milliseconds limit(settings_->idle_ms);
    consider(surfaces_.next_idle(now.steady, limit));
    if (manual_since_) {
      if (*manual_since_ + limit > now.steady) consider(*manual_since_ + limit);
      consider(*manual_since_ + milliseconds(settings_->manual_mute_ms));
    }
  }
  if (by_call() && wanted() && list_from_ && list_is_fresh(now)) {
    consider(*list_from_ + milliseconds(kListStale_ms));
  }
  if (by_call() && wanted() && !list_ && wish_changed_at_ + milliseconds(kNoList_ms) > now.steady) {
    consider(wish_changed_at_ + milliseconds(kNoList_ms));
  }
  return earliest;
}

}  // namespace cardmute::engine
