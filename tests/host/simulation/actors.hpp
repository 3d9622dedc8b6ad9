// The actors of a simulated world besides Voicenter: browsers with their forms, host processes, and
// the requests in flight.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>

#include "agent/session.hpp"
#include "chance.hpp"

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
  engine::OverrideMode mode = engine::OverrideMode::automatic;
  Time manual_since{};
  int host = 0;           // the process it talks to; 0: none
  bool declared = false;  // and to which it has reported its surfaces
  int start = 0;          // counts the starts of a host, so that a planned one can be dropped
  // When a host with a lease of this browser ended, and in which boot of the machine.
  std::optional<Time> lost_at;
  // The mutes by forms that ended within the last minute with nothing else wanting one, by this
  // host.
  std::deque<Time> cycles;
  Time closed_at{};                // its last form
  std::optional<Time> unmute_due;  // not before then, because of the unmute delay
};

// A request in flight.
struct Message {
  int process = 0;
  engine::Attempt attempt = 0;
  engine::Command command = engine::Command::mute;
  engine::Target target;
  Time sent_at{};
  bool ended = false;  // for its sender
};

struct Process {
  int serial = 0;
  platform::ProcessIdentity identity;
  int browser = -1;  // -1: a settler
  std::unique_ptr<agent::Session> session;
  std::map<engine::Attempt, std::shared_ptr<Message>> open;
  std::map<engine::Attempt, Time> questions;
  std::map<engine::Ticket, Time> tickets;
  std::optional<Time> gone_at;  // its browser closed the pipe
  int tick = 0;                 // counts planned ticks; older ones are void
  std::optional<Time> asked_at;
  engine::State said = engine::State::recording;  // as the trace has it
  // Counted since `minute`.
  Time minute{};
  int requests = 0;
  int ticks = 0;
  int user_actions = 0;

  [[nodiscard]] bool is_settler() const { return browser < 0; }
  [[nodiscard]] std::string name() const {
    return (is_settler() ? "settler " : "host ") + std::to_string(serial);
  }
};

}  // namespace cardmute::simulation
