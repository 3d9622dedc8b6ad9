// The host's own requests for the list of active calls, in addition to the engine's: for the
// agent's name, and to check that an extension exists. These requests never delay a mute or unmute.
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
  // Called at the end of each check. The error says that the list does not name the extension, or
  // why there is no list; nullopt if the list names it.
  using OnChecked = std::function<void(const std::optional<Error>&)>;

  CallsQuestions(Session& session, Provider& provider, OnChecked on_checked)
      : session_(session), provider_(provider), on_checked_(std::move(on_checked)) {}

  AgentName name;
  ExtensionCheck check;

  // Sends the requests that are due; none while a mute or an unmute is in flight. Returns whether a
  // check has ended because its request had to wait for too long.
  bool ask(engine::Moment now);
  // When ask() must be called again; nullopt if only another event can make a request due.
  [[nodiscard]] std::optional<engine::Steady> next() const;
  // Handles an answer. Returns false if it answers one of the engine's requests. Takes the agent's
  // name from every answer but that to a check.
  bool take(const CallsListed& listed, engine::Moment now);

 private:
  Session& session_;
  Provider& provider_;
  OnChecked on_checked_;
};

}  // namespace cardmute::agent
