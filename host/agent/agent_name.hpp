// The name of the agent whose calls are muted, as the telephone provider has it. After the
// browser's hello, the host requests the list of active calls until one contains the name, so that
// the agent notices a wrong extension before the first payment. The name is kept only in memory.
#pragma once

#include <chrono>
#include <limits>
#include <optional>
#include <string>

#include "base/error.hpp"
#include "engine/engine.hpp"
#include "telephony/account.hpp"

namespace cardmute::agent {

// The time between two requests for the agent's name.
inline constexpr int kAskNameAgain_ms = 60'000;

class AgentName {
 public:
  // The attempt number of the request for the name. The engine counts its attempts from 1 and never
  // reaches this number.
  static constexpr engine::Attempt kAttempt = std::numeric_limits<engine::Attempt>::max();

  // Call this with each new configuration. If the extension or the URL of the list has changed, the
  // name is requested again.
  void configure(const telephony::Account& account, engine::Steady now) {
    const std::string url = account.calls_url();
    timeout_ms_ = account.settings.timeout_ms;
    if (url == url_ && account.settings.extension == extension_) return;
    url_ = url;
    extension_ = account.settings.extension;
    name_.clear();
    is_confirmed_ = false;
    error_.reset();
    due_ = now;
  }
  // The browser has sent hello, so the name is needed from now on.
  void wanted() { wanted_ = true; }
  // When to request the name; nullopt if it is already known or not needed yet, or if there is no
  // list to request.
  [[nodiscard]] std::optional<engine::Steady> due() const {
    return wanted_ && !url_.empty() && name_.empty() ? due_ : std::nullopt;
  }
  [[nodiscard]] int timeout_ms() const { return timeout_ms_; }
  void ask_at(engine::Steady at) { due_ = at; }
  void asked(engine::Steady now) { due_ = now + std::chrono::milliseconds(kAskNameAgain_ms); }
  // Takes the name from a list of active calls, even if the list was not requested for the name.
  // Sets error() too.
  void listed(const telephony::ListedCalls& calls) {
    if (!calls.agent.empty()) name_ = calls.agent;
    is_confirmed_ = is_confirmed_ || !calls.list.error;
    error_ = is_confirmed_ ? std::nullopt : calls.list.error;
  }
  // Why no list has confirmed the extension; nullopt if one has, or before the first answer.
  [[nodiscard]] const std::optional<Error>& error() const { return error_; }
  [[nodiscard]] const std::string& text() const { return name_; }

 private:
  std::string url_;
  std::string extension_;
  int timeout_ms_ = 0;
  std::string name_;
  bool is_confirmed_ = false;
  std::optional<Error> error_;
  bool wanted_ = false;
  std::optional<engine::Steady> due_;
};

}  // namespace cardmute::agent
