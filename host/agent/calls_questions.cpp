#include "agent/calls_questions.hpp"

#include <algorithm>

namespace cardmute::agent {

bool CallsQuestions::ask(engine::Moment now) {
  if (session_.engine().in_flight()) return false;
  if (check.due() && now.steady >= *check.due()) {
    const auto& account = check.account();
    if (const auto until = session_.begin_calls_request(account->settings.timeout_ms, now)) {
      if (check.wait_until(*until)) return false;
      on_checked_(Error{ErrorCode::throttled, "Others of this user ask for the list."});
      return true;
    }
    check.sent();
    provider_.check(account, ExtensionCheck::kAttempt);
  }
  if (name.due() && now.steady >= *name.due()) {
    if (const auto until = session_.begin_calls_request(name.timeout_ms(), now)) {
      name.ask_at(*until);
      return false;
    }
    name.asked(now.steady);
    provider_.start(engine::RequestCalls{AgentName::kAttempt, name.timeout_ms()});
  }
  return false;
}

std::optional<engine::Steady> CallsQuestions::next() const {
  if (session_.engine().in_flight()) return std::nullopt;
  if (!check.due() || !name.due()) return check.due() ? check.due() : name.due();
  return std::min(*check.due(), *name.due());
}

bool CallsQuestions::take(const CallsListed& listed, engine::Moment now) {
  const bool is_check = listed.attempt == ExtensionCheck::kAttempt;
  if (!is_check) name.listed(listed.calls);
  if (!is_check && listed.attempt != AgentName::kAttempt) return false;
  session_.end_calls_request(now);
  if (is_check) on_checked_(listed.calls.list.error);
  return true;
}

}  // namespace cardmute::agent
