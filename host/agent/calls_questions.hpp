// What the host itself asks the list of active calls, beside the engine: the agent's name, and
// whether an extension exists. These questions never delay a mute or unmute.
#pragma once

#include <functional>
#include <optional>

#include "agent/agent_name.hpp"
#include "agent/extension_check.hpp"
#include "agent/provider.hpp"
#include "agent/session.hpp"
#include "base/error.hpp"

namespace cardmute::agent {

class CallsQuestions {
 public:
  // `on_checked` gets the end of each check: nullopt if the list names the extension.
  using OnChecked = std::function<void(const std::optional<Error>&)>;

  CallsQuestions(Session& session, Provider& provider, OnChecked on_checked)
      : session_(session), provider_(provider), on_checked_(std::move(on_checked)) {}

  AgentName name;
  ExtensionCheck check;

  // Sends what is due. Returns whether a check has ended without being sent.
  bool ask(engine::Moment now);
  // When ask() must be called; nullopt if not before something else happens.
  [[nodiscard]] std::optional<engine::Steady> next() const;
  // Takes an answer. Returns whether it was one to these questions and not the engine's.
  bool take(const CallsListed& listed, engine::Moment now);

 private:
  Session& session_;
  Provider& provider_;
  OnChecked on_checked_;
};

}  // namespace cardmute::agent
