#include <algorithm>

#include "engine/backoff.hpp"
#include "world.hpp"

namespace cardmute::simulation {

using engine::Command;
using engine::Moment;
using engine::Outcome;

namespace {

// A request arrives within this time or never, because proxies and queues give up. The engine's
// kUnknownOutcome_ms is longer.
constexpr std::int64_t kLatest_ms = 9000;
constexpr std::int64_t kQuickest_ms = 5;
constexpr std::int64_t kFair_ms = 120;

Outcome acknowledged() {
  Outcome outcome;
  outcome.http_status = 200;
  outcome.error_code = 200;
  return outcome;
}

Outcome failed(ErrorCode code, int http_status, bool outcome_unknown) {
  Outcome outcome;
  outcome.error = code;
  outcome.reason = std::string(name_of(code));
  outcome.http_status = http_status;
  outcome.outcome_unknown = outcome_unknown;
  return outcome;
}

const char* word(Command command) { return command == Command::mute ? "mute" : "unmute"; }

}  // namespace

void World::post(Process& process, const engine::Send& send) {
  check_sending(process, send);
  auto message = std::make_shared<Message>(
      Message{process.serial, send.attempt, send.command, send.target, timeline_.now(), false});
  process.open[send.attempt] = message;
  ++process.requests;
  witness_.sent(message);
  tell(process.name(), " sends ", word(send.command), " of ", name_of(send.target.by), " ",
       send.target.value);
  timeline_.after(ms(send.timeout_ms),
                  [this, message] { end(message, failed(ErrorCode::timeout, 0, true)); });

  const auto quick = [this] { return chance_.between_ms(kQuickest_ms, kFair_ms); };
  const auto deliver = [&](Time delay, Time answer_after, bool lie) {
    timeline_.after(delay,
                    [this, message, answer_after, lie] { arrive(message, answer_after, lie); });
  };
  const auto refuse = [&](Outcome outcome) {
    timeline_.after(quick() * 2, [this, message, outcome] { end(message, outcome); });
  };
  constexpr Time kNever = ms(3'600'000);
  if (weather_ == Weather::lying) return deliver(quick(), quick(), true);
  const std::int64_t dice = weather_ == Weather::fair ? 0 : chance_.between(0, 99);
  if (weather_ == Weather::down) {
    if (dice < refused_percent_) return refuse(failed(ErrorCode::unreachable, 0, false));
    return;
  }
  if (dice < 35) return deliver(quick(), quick(), false);
  if (dice < 45) return deliver(chance_.between_ms(100, kLatest_ms), quick(), false);
  if (dice < 52) return;
  if (dice < 60) return deliver(quick(), kNever, false);
  if (dice < 66) return deliver(quick(), chance_.between_ms(100, 4000), false);
  if (dice < 74) return refuse(failed(ErrorCode::extension_not_found, 200, false));
  if (dice < 82) {
    constexpr int kStatuses[] = {403, 429, 503};
    const int status = kStatuses[chance_.between(0, 2)];
    Outcome outcome = failed(status == 403   ? ErrorCode::refused
                             : status == 429 ? ErrorCode::throttled
                                             : ErrorCode::bad_answer,
                             status, false);
    if (chance_.percent(30)) outcome.retry_after_ms = static_cast<int>(chance_.between(1, 60'000));
    return refuse(outcome);
  }
  if (dice < 88) return refuse(failed(ErrorCode::unreachable, 0, false));
  if (dice < 93) return deliver(quick(), quick(), plan_.lies);
  // The request arrives twice, because something on the way sends it again: either before the
  // response, or late and without a response.
  if (dice < 97) {
    const Time first = quick();
    deliver(first, kNever, false);
    return deliver(first + quick(), quick(), false);
  }
  deliver(quick(), kNever, false);
  deliver(chance_.between_ms(100, kLatest_ms), kNever, false);
}

void World::arrive(const std::shared_ptr<Message>& message, Time answer_after, bool lie) {
  const auto error =
      voicenter_.apply(message->command, message->target, timeline_.now(), lie && !at_rest_);
  tell("Voicenter carries out ", word(message->command), " of ", message->target.value,
       lie ? " in words only" : "", error ? ", there is no such call" : "");
  timeline_.after(answer_after, [this, message, error] {
    end(message, error ? failed(*error, 200, false) : acknowledged());
  });
}

void World::end(const std::shared_ptr<Message>& message, const Outcome& outcome) {
  if (message->ended) return;
  Process* process = this->process(message->process);
  if (process == nullptr) return;
  message->ended = true;
  process->open.erase(message->attempt);
  tell(process->name(), ": its ", word(message->command),
       " ends: ", outcome.acknowledged() ? "acknowledged" : std::string(name_of(*outcome.error)));
  if (outcome.acknowledged()) witness_.acknowledged(*message, timeline_.now());
  if (!outcome.acknowledged() && outcome.http_status != 200) trouble_at_ = timeline_.now();
  if (!outcome.acknowledged() && engine::asks_to_wait(outcome)) {
    told_to_wait_until_ = timeline_.now() + ms(engine::kLongestWait_ms);
  }
  step(message->process, [&](agent::Session& session, Moment now) {
    session.finished(message->attempt, outcome, now);
  });
}

void World::ask(Process& process, const engine::RequestCalls& question) {
  check_question(process);
  const int serial = process.serial;
  const auto attempt = question.attempt;
  const bool held = process.session->status().state == engine::State::muted;
  process.questions[attempt] = timeline_.now();
  engine::CallList late;
  late.error = Error{ErrorCode::timeout, "no answer"};
  timeline_.after(ms(question.timeout_ms),
                  [this, serial, attempt, late] { listed(serial, attempt, late, false); });
  if (weather_ == Weather::down) return;
  timeline_.after(chance_.between_ms(kQuickest_ms, kFair_ms), [this, serial, attempt, held] {
    const auto list = list_now();
    timeline_.after(chance_.between_ms(kQuickest_ms, kFair_ms),
                    [this, serial, attempt, list, held] { listed(serial, attempt, list, held); });
  });
}

engine::CallList World::list_now() {
  engine::CallList list = voicenter_.list(plan_.tells_muted);
  if (weather_ == Weather::fair || weather_ == Weather::lying) return list;
  const std::int64_t dice = chance_.between(0, 99);
  if (dice < 20) list.error = Error{ErrorCode::bad_answer, "no list"};
  if (dice >= 20 && dice < 40) {
    list.complete = false;
    list.calls.clear();
  }
  return list;
}

void World::listed(int serial, engine::Attempt attempt, const engine::CallList& list,
                   bool held_when_asked) {
  Process* process = this->process(serial);
  if (process == nullptr || process->questions.erase(attempt) == 0) return;
  const bool held = held_when_asked && process->session->status().state == engine::State::muted;
  for (const auto& listed : list.calls) {
    Call* call = voicenter_.find(listed.call_id);
    if (!held || !list.usable() || process->gone_at || call == nullptr || !listed.answered)
      continue;
    if (listed.muted.value_or(true)) call->known_to.insert(serial);
  }
  tell(process->name(),
       " gets the list: ", list.usable() ? std::to_string(list.calls.size()) : "no", " calls");
  step(serial, [&](agent::Session& session, Moment now) { session.listed(attempt, list, now); });
}

}  // namespace cardmute::simulation
