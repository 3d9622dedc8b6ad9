// Drives an engine: the test advances the time, and every action of the engine is recorded.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <string>
#include <vector>

#include "engine/engine.hpp"

namespace cardmute::engine {

inline Outcome acknowledged() {
  Outcome outcome;
  outcome.http_status = 200;
  outcome.error_code = 200;
  outcome.message = "Success";
  return outcome;
}

// The outcome of a rejected request, which was certainly not carried out.
inline Outcome denied(ErrorCode code, int http_status = 200) {
  Outcome outcome;
  outcome.error = code;
  outcome.reason = std::string(name_of(code));
  outcome.http_status = http_status;
  return outcome;
}

// The outcome of a request without an answer, which may have been carried out.
inline Outcome outcome_unknown(ErrorCode code = ErrorCode::timeout) {
  Outcome outcome = denied(code, 0);
  outcome.outcome_unknown = true;
  return outcome;
}

class Rig {
 public:
  explicit Rig(Settings settings = Settings{.target = {TargetBy::extension, "API1API"}})
      : engine(1, now()) {
    engine.configure(std::move(settings), now());
    collect();
  }

  [[nodiscard]] Moment now() const {
    return {std::chrono::milliseconds(now_ms), std::chrono::milliseconds(1'000'000 + now_ms)};
  }

  Ticket open(const std::string& surface) {
    engine.open(++ticket, surface, now());
    collect();
    return ticket;
  }
  Ticket close(const std::string& surface) {
    engine.close(++ticket, surface, now());
    collect();
    return ticket;
  }
  Ticket override_with(engine::OverrideMode mode) {
    engine.override_with(++ticket, mode, now());
    collect();
    return ticket;
  }
  // Ends the request in flight with this outcome.
  void land(const Outcome& outcome) {
    ASSERT_FALSE(sends.empty());
    engine.finished(sends.back().attempt, outcome, now());
    collect();
  }
  // Advances the time by at most `ms`, until the next request is sent. Wakes the engine at each of
  // its deadlines.
  void pass(int ms) {
    const int until_ms = now_ms + ms;
    const auto before = sends.size();
    while (sends.size() == before) {
      const auto deadline = engine.next_deadline(now());
      const int deadline_ms =
          deadline
              ? static_cast<int>(std::chrono::ceil<std::chrono::milliseconds>(*deadline).count())
              : until_ms + 1;
      if (deadline_ms > until_ms) {
        now_ms = until_ms;
        return;
      }
      ASSERT_GE(deadline_ms, now_ms);
      now_ms = deadline_ms;
      engine.tick(now());
      collect();
      if (engine.done(now())) return;
      ASSERT_TRUE(engine.next_deadline(now()) != deadline)
          << "the engine has the same deadline again";
    }
  }
  void active(const std::string& surface) {
    engine.active(surface, now());
    collect();
  }
  // Passes the shared state of all processes to the engine.
  void hear(Shared shared) {
    shared.works = true;
    engine.shared(shared, now());
    collect();
  }
  void lose_store() {
    engine.shared({}, now());
    collect();
  }
  // Passes the requested list of active calls to the engine.
  void list(CallList calls) {
    ASSERT_FALSE(asks.empty());
    engine.listed(asks.back().attempt, calls, now());
    collect();
  }
  void hurry() {
    engine.hurry(now());
    collect();
  }
  void gone() {
    engine.browser_gone(now());
    collect();
  }

  [[nodiscard]] engine::State state() const { return engine.status().state; }
  // The commands that were sent so far, for example "mute mute unmute".
  [[nodiscard]] std::string sent() const {
    std::string text;
    for (const auto& send : sends) {
      text += (text.empty() ? "" : " ");
      text += send.command == Command::mute ? "mute" : "unmute";
    }
    return text;
  }
  [[nodiscard]] bool answered(Ticket asked) const { return answers.contains(asked); }
  [[nodiscard]] bool notices(const std::string& code) const {
    return std::ranges::any_of(engine.status().notices,
                               [&](const auto& notice) { return name_of(notice.code) == code; });
  }
  // The error with which the request `asked` was answered, or "ok", or "none yet".
  [[nodiscard]] std::string answer(Ticket asked) const {
    const auto found = answers.find(asked);
    if (found == answers.end()) return "none yet";
    return found->second ? std::string(name_of(found->second->code)) : "ok";
  }

  void collect() {
    for (const auto& action : engine.take_actions()) {
      if (const auto* send = std::get_if<Send>(&action)) sends.push_back(*send);
      if (const auto* ask = std::get_if<RequestCalls>(&action)) asks.push_back(*ask);
      if (const auto* add = std::get_if<AddOutstanding>(&action))
        outstanding.push_back(add->target.value);
      if (std::holds_alternative<RecordUnmuteDelay>(action)) ++unmute_delays;
      if (const auto* cancel = std::get_if<Cancel>(&action)) cancels.push_back(cancel->attempt);
      if (const auto* given = std::get_if<Answer>(&action)) {
        EXPECT_FALSE(answers.contains(given->ticket)) << "two replies to " << given->ticket;
        answers[given->ticket] = given->error;
      }
    }
  }

  int now_ms = 0;
  Engine engine;
  Ticket ticket = 0;
  std::vector<Send> sends;
  std::vector<RequestCalls> asks;
  std::vector<std::string> outstanding;
  std::vector<Attempt> cancels;
  int unmute_delays = 0;
  std::map<Ticket, std::optional<Error>> answers;
};

}  // namespace cardmute::engine
