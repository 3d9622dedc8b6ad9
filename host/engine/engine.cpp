// The decisions; see engine.hpp. Every event changes facts and then calls advance(), which alone
// decides what follows.
#include "engine/engine.hpp"

#include <algorithm>
#include <utility>

namespace cardmute::engine {

using protocol::Error;
using protocol::OverrideMode;
using protocol::State;
using std::chrono::milliseconds;

Engine::Engine(std::uint32_t seed, Moment now) : backoff_(seed) { status_.since = now.utc; }

// --- events

void Engine::configure(Settings settings, Moment now) {
  settings_ = std::move(settings);
  problem_.reset();
  mute_failed_ = false;
  told_to_wait_ = false;
  next_send_at_.reset();
  backoff_.reset();
  advance(now);
}

void Engine::no_configuration(std::string reason, Moment now) {
  problem_ = Error{ErrorCode::config_invalid, std::move(reason)};
  advance(now);
}

void Engine::open(Ticket ticket, const std::string& surface, Moment now) {
  const bool was_wanted = wanted();
  const auto opened = surfaces_.open(surface);
  if (opened == Surfaces::Opened::too_many) {
    actions_.emplace_back(
        Answer{ticket, Error{ErrorCode::bad_request, "More than " + std::to_string(kMaxSurfaces) +
                                                         " surfaces are open. Close some first."}});
    return;
  }
  // The agent chose to record over the forms of that moment; a further form is a new question.
  if (opened == Surfaces::Opened::added && override_ == OverrideMode::record) {
    override_ = OverrideMode::automatic;
  }
  wish_may_have_changed(was_wanted, now);
  wait(waiting_for_mute_, ticket);
  advance(now);
}

void Engine::close(Ticket ticket, const std::string& surface, Moment now) {
  const bool was_wanted = wanted();
  if (!surfaces_.close(surface)) {
    actions_.emplace_back(Answer{ticket, settings_ ? std::nullopt : problem_});
    return;
  }
  // An override to record is about the forms that were open, and ends with the last of them.
  if (surfaces_.empty() && override_ == OverrideMode::record) override_ = OverrideMode::automatic;
  wish_may_have_changed(was_wanted, now);
  wait(waiting_for_unmute_, ticket);
  advance(now);
}

void Engine::override_with(Ticket ticket, OverrideMode mode, Moment now) {
  const bool may_record = settings_ && settings_->allow_record_override;
  if (mode == OverrideMode::record && !surfaces_.empty() && !may_record) {
    actions_.emplace_back(
        Answer{ticket, settings_ ? Error{ErrorCode::override_refused,
                                         "A payment form is open, and the policy does not allow "
                                         "recording over it (policy.allow_record_override). Close "
                                         "the form first."}
                                 : *problem_});
    return;
  }
  const bool was_wanted = wanted();
  override_ = mode;
  wish_may_have_changed(was_wanted, now);
  wait(wanted() ? waiting_for_mute_ : waiting_for_unmute_, ticket);
  advance(now);
}

void Engine::finished(Attempt attempt, const Outcome& outcome, Moment now) {
  if (!in_flight_ || in_flight_->attempt != attempt) return;
  const InFlight ended = *std::exchange(in_flight_, std::nullopt);
  status_.last = protocol::LastRequest{ended.command == Command::mute ? "mute" : "unmute",
                                       now.utc,
                                       outcome.http_status,
                                       outcome.error_code,
                                       outcome.message,
                                       outcome.action_id,
                                       outcome.latency_ms};
  if (ended.command == Command::mute) {
    mute_ended(ended, outcome, now);
  } else {
    unmute_ended(outcome, now);
  }
  advance(now);
}

void Engine::browser_gone(Moment now) {
  if (gone_at_) return;
  gone_at_ = now.steady;
  leave_muted_ = wanted() && settings_ && !settings_->resume_when_browser_gone;
  surfaces_.clear();
  override_ = OverrideMode::automatic;
  // Nobody is left to answer, and no pause that was asked for fits into the time that remains.
  waiting_for_mute_.clear();
  waiting_for_unmute_.clear();
  next_send_at_.reset();
  told_to_wait_ = false;
  advance(now);
}

void Engine::tick(Moment now) { advance(now); }

// --- what follows

// A new wish is tried at once and judged by its own outcome, except where the server has asked for
// a pause: then it inherits that trouble until the pause is over.
void Engine::wish_may_have_changed(bool was_wanted, Moment now) {
  if (wanted() == was_wanted) return;
  unmute_owed_since_ = wanted() ? std::nullopt : std::optional(now.steady);
  mute_failed_ = told_to_wait(now);
  if (mute_failed_ || !settings_) return;
  told_to_wait_ = false;
  next_send_at_.reset();
  problem_.reset();
  backoff_.reset();
}

void Engine::mute_ended(const InFlight& ended, const Outcome& outcome, Moment now) {
  if (outcome.acknowledged()) {
    acknowledged_at_ = now;
    confirmed_ = true;
    mute_failed_ = false;
    told_to_wait_ = false;
    problem_.reset();
    backoff_.reset();
    // Counted from the sending, so that a call which starts meanwhile waits no longer than this. An
    // unmute that may still arrive must not stand for so long.
    const int next_ms = in_doubt(unmute_doubted_at_, now)
                            ? std::min(settings_->reassert_ms, kDoubtRepeat_ms)
                            : settings_->reassert_ms;
    next_send_at_ = ended.sent_at + milliseconds(next_ms);
  } else {
    // What was certainly not carried out leaves things as they were.
    if (!outcome.in_doubt) maybe_muted_ = ended.maybe_muted_before;
    if (outcome.in_doubt) mute_doubted_at_ = now.steady;
    // An answer that denies the mute outweighs an older one that confirmed it; silence does not.
    if (!outcome.in_doubt && outcome.http_status != 0) acknowledged_at_.reset();
    mute_failed_ = mute_failed_ || !held(now);
    failed(outcome, now);
  }
  answer(waiting_for_mute_, outcome.acknowledged() ? std::nullopt : problem_);
  if (!wanted() && !told_to_wait(now)) next_send_at_.reset();
}

void Engine::unmute_ended(const Outcome& outcome, Moment now) {
  // A call that is not found is over, and its mute with it; so is, after a while, every call of an
  // extension that is not found.
  const bool denied_long = outcome.error == ErrorCode::extension_not_found && unmute_owed_since_ &&
                           now.steady - *unmute_owed_since_ >= milliseconds(kDeniedUnmute_ms);
  const bool settled =
      outcome.acknowledged() || outcome.error == ErrorCode::call_not_found || denied_long;
  if (settled && in_doubt(mute_doubted_at_, now)) {
    // That mute may yet be carried out behind this unmute.
    confirmed_ = false;
    problem_.reset();
    next_send_at_ = now.steady + milliseconds(kDoubtRepeat_ms);
  } else if (settled) {
    maybe_muted_ = false;
    confirmed_ = false;
    unmute_owed_since_.reset();
    told_to_wait_ = false;
    next_send_at_.reset();
    problem_.reset();
    backoff_.reset();
  } else {
    if (outcome.in_doubt) unmute_doubted_at_ = now.steady;
    failed(outcome, now);
  }
  answer(waiting_for_unmute_, settled ? std::nullopt : problem_);
  // Mute wins: a wish that arose meanwhile does not wait for the unmute's retry.
  if (wanted() && !told_to_wait(now)) {
    next_send_at_.reset();
    problem_.reset();
  } else if (wanted()) {
    mute_failed_ = true;
  }
}

void Engine::failed(const Outcome& outcome, Moment now) {
  problem_ = Error{*outcome.error, outcome.reason};
  told_to_wait_ = asks_to_wait(outcome);
  // A mute that is denied is asked again soon: the call it was about may start any moment. Nothing
  // hurries an unmute that is denied: most likely there is no call left.
  const int denied_limit_ms = wanted() ? settings_->reassert_ms : kLongestWait_ms;
  const int wait_ms = gone_at_ ? kFarewellRetry_ms
                               : backoff_.after(outcome, {settings_->reassert_ms, denied_limit_ms});
  next_send_at_ = now.steady + milliseconds(wait_ms);
}

void Engine::advance(Moment now) {
  let_old_facts_lapse(now);
  if (const auto command = next_command(now)) send(*command, now);
  answer_who_need_not_wait(now);
  publish(now);
}

void Engine::let_old_facts_lapse(Moment now) {
  if (!settings_) return;
  if (wanted() && acknowledged_at_ && !held(now)) {
    acknowledged_at_.reset();
    mute_failed_ = true;
    if (!told_to_wait(now)) next_send_at_.reset();
    if (!problem_) {
      problem_ = Error{ErrorCode::timeout,
                       "The mute was last acknowledged more than " +
                           std::to_string(settings_->reassert_ms * kAcknowledged_intervals) +
                           " ms ago, and no newer answer has come."};
    }
  }
  if (!in_flight_ && unmute_owed_since_ &&
      now.steady - *unmute_owed_since_ >= milliseconds(kLongestCall_ms)) {
    unmute_owed_since_.reset();
    maybe_muted_ = false;
    confirmed_ = false;
  }
  if (idle() && !told_to_wait(now)) {
    told_to_wait_ = false;
    next_send_at_.reset();
    problem_.reset();
    unmute_owed_since_.reset();
  }
  if (gone_at_ && in_flight_ && in_flight_->command == Command::mute && !in_flight_->cancelled &&
      now.steady >= *gone_at_ + milliseconds(kFarewellMute_ms)) {
    in_flight_->cancelled = true;
    actions_.emplace_back(Cancel{in_flight_->attempt});
  }
}

void Engine::send(Command command, Moment now) {
  int timeout_ms = settings_->timeout_ms;
  if (gone_at_) {
    const auto left = *gone_at_ + milliseconds(kFarewell_ms) - now.steady;
    const auto left_ms = std::chrono::ceil<milliseconds>(left).count();
    if (left_ms <= 0) return;
    timeout_ms =
        static_cast<int>(std::min<std::int64_t>({timeout_ms, left_ms, kFarewellAttempt_ms}));
  }
  in_flight_ = InFlight{++last_attempt_, command, now.steady, maybe_muted_, false};
  if (command == Command::mute) {
    maybe_muted_ = true;
  } else {
    // An unmute in doubt counts as done: from its sending on nothing is held.
    acknowledged_at_.reset();
  }
  next_send_at_.reset();
  told_to_wait_ = false;
  actions_.emplace_back(Send{last_attempt_, command, timeout_ms});
}

// A request of the browser waits only for a request to the provider that is out or about to go.
void Engine::answer_who_need_not_wait(Moment now) {
  if (!settings_) {
    answer(waiting_for_mute_, problem_);
    answer(waiting_for_unmute_, problem_);
    return;
  }
  if (!in_flight_ && told_to_wait(now)) {
    if (wanted()) answer(waiting_for_mute_, problem_);
    if (!wanted() && maybe_muted_) answer(waiting_for_unmute_, problem_);
  }
  const bool mute_in_flight = in_flight_ && in_flight_->command == Command::mute;
  if (held(now) || (!wanted() && !mute_in_flight)) answer(waiting_for_mute_, std::nullopt);
  if (wanted() || idle()) answer(waiting_for_unmute_, std::nullopt);
}

void Engine::answer(std::vector<Ticket>& tickets, const std::optional<Error>& error) {
  for (const Ticket ticket : std::exchange(tickets, {}))
    actions_.emplace_back(Answer{ticket, error});
}

void Engine::wait(std::vector<Ticket>& tickets, Ticket ticket) {
  if (tickets.size() < kMaxWaiting) {
    tickets.push_back(ticket);
    return;
  }
  actions_.emplace_back(
      Answer{ticket, Error{ErrorCode::bad_request, "More than " + std::to_string(kMaxWaiting) +
                                                       " requests are waiting for a reply."}});
}

void Engine::publish(Moment now) {
  const State now_state = state(now);
  if (now_state != status_.state) {
    status_.state = now_state;
    status_.since = now.utc;
  }
  status_.target = settings_ ? std::optional(settings_->target) : std::nullopt;
  status_.surfaces = surfaces_.size();
  status_.override_mode = override_;
  status_.problem = problem_;
}

std::vector<Action> Engine::take_actions() { return std::exchange(actions_, {}); }

}  // namespace cardmute::engine
