// Who takes part in a simulated world besides Voicenter: browsers with their forms, host processes,
// and the requests between. For tests/host/simulation only.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>

#include "chance.hpp"
#include "run/session.hpp"

namespace cardmute::simulation {

// An invariant does not hold.
struct Broken : std::runtime_error {
  Broken(std::string which, const std::string& what)
      : std::runtime_error(what), invariant(std::move(which)) {}
  std::string invariant;
};

// A browser of the user, as its extension knows it.
struct Browser {
  int number = 0;
  bool runs = false;
  platform::ProcessIdentity identity;
  std::map<std::string, Time> surfaces;  // open forms, and when each was last touched
  protocol::OverrideMode mode = protocol::OverrideMode::automatic;
  Time manual_since{};
  int host = 0;           // the process it talks to; 0: none
  bool declared = false;  // and has told its surfaces to
  int start = 0;          // counts the starts of a host, so that a planned one can be dropped
  // When a host that held a wish of this browser ended, and by which start of the machine.
  std::optional<Time> lost_at;
};

// A request on its way.
struct Message {
  int process = 0;
  engine::Attempt attempt = 0;
  engine::Command command = engine::Command::mute;
  protocol::Target target;
  Time sent_at{};
  bool ended = false;  // for its sender
};

struct Process {
  int serial = 0;
  platform::ProcessIdentity identity;
  int browser = -1;  // -1: a caretaker
  std::unique_ptr<run::Session> session;
  std::map<engine::Attempt, std::shared_ptr<Message>> open;
  std::map<engine::Attempt, Time> questions;
  std::map<engine::Ticket, Time> tickets;
  std::optional<Time> gone_at;  // its browser closed the pipe
  int tick = 0;                 // counts planned ticks; older ones are void
  std::optional<Time> asked_at;
  protocol::State said = protocol::State::recording;  // as the trace has it
  // Counted since `minute`.
  Time minute{};
  int requests = 0;
  int ticks = 0;
  int user_actions = 0;

  [[nodiscard]] bool is_caretaker() const { return browser < 0; }
  [[nodiscard]] std::string name() const {
    return (is_caretaker() ? "caretaker " : "host ") + std::to_string(serial);
  }
};

}  // namespace cardmute::simulation
