// Checks the extension that the agent has named in the popup. If a list of active calls can be read
// and does not name the extension, the agent's answer is not kept. CallsQuestions sends the request
// when it is due.
#pragma once

#include <chrono>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "engine/engine.hpp"
#include "telephony/account.hpp"

namespace cardmute::agent {

// How long the check may wait for its turn, since other processes of this user request the list
// too. After that the answer counts as not confirmed. Together with the longest timeout_ms (30 s)
// this is less than the browser's extension waits for a reply (REQUEST_TIMEOUT_ms, 40 s).
inline constexpr int kCheckWait_ms = 8000;

class ExtensionCheck {
 public:
  // The attempt number of the check's request. The engine counts its attempts from 1 and never
  // reaches this number.
  static constexpr engine::Attempt kAttempt = std::numeric_limits<engine::Attempt>::max() - 1;

  struct Answer {
    std::uint64_t id = 0;  // the ID of the browser's request
    std::string extension;
    std::shared_ptr<const telephony::Account> account;  // the account with this extension
  };

  // Whether an extension is being checked. There is at most one check at a time.
  [[nodiscard]] bool busy() const { return answer_.has_value(); }
  // Call it only if not busy().
  void begin(Answer answer, engine::Steady now) {
    answer_ = std::move(answer);
    due_ = now;
    give_up_ = now + std::chrono::milliseconds(kCheckWait_ms);
  }
  // When to send the request; nullopt if there is none or it was sent.
  [[nodiscard]] std::optional<engine::Steady> due() const { return due_; }
  // Postpones the request until `at`. Returns false if the check must be given up before that.
  [[nodiscard]] bool wait_until(engine::Steady at) {
    due_ = at;
    return at <= give_up_;
  }
  [[nodiscard]] const std::shared_ptr<const telephony::Account>& account() const {
    return answer_->account;
  }
  void sent() { due_.reset(); }
  // Ends the check. Returns what was being checked.
  Answer finish() {
    due_.reset();
    return *std::exchange(answer_, std::nullopt);
  }

 private:
  std::optional<Answer> answer_;
  std::optional<engine::Steady> due_;
  engine::Steady give_up_{};
};

}  // namespace cardmute::agent
