// What a simulated world contains in addition to Voicenter: browsers with their forms, processes of
// the host, and requests in flight.
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

// A browser that has closed its pipe kills its host after this time, if the host has not ended by
// then.
inline constexpr Time kKilledAfter = ms(2000);

// Thrown when an invariant does not hold.
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
  int host = 0;           // the serial number of its host; 0: none
  bool declared = false;  // it has reported its surfaces to this host
  int start = 0;          // the number of the newest planned start; older ones are dropped
  // When a host with a lease of this browser ended.
  std::optional<Time> lost_at;
  // The times in the last minute at which no form was left open, and certainly nothing else wanted
  // a mute. The present host counts at least these cycles.
  std::deque<Time> cycles;
  // All times in the last minute at which no form was left open. The present host counts at most
  // these cycles.
  std::deque<Time> closes;
  // Since when the store has known without a gap that this browser wants the mute.
  std::optional<Time> recorded_since;
  std::optional<Time> unmute_due;  // the end of the unmute delay
};

// A request in flight.
struct Message {
  int process = 0;
  engine::Attempt attempt = 0;
  engine::Command command = engine::Command::mute;
  engine::Target target;
  Time sent_at{};
  bool ended = false;  // its sender knows the outcome
};

struct Process {
  int serial = 0;
  platform::ProcessIdentity identity;
  int browser = -1;  // -1: a settler
  std::unique_ptr<agent::Session> session;
  std::map<engine::Attempt, std::shared_ptr<Message>> open;
  std::map<engine::Attempt, Time> questions;
  std::map<engine::Ticket, Time> tickets;
  // Until `store_fails_until` the store fails for this process alone. Since `alone_since` the
  // process does not know what others record; nullopt: it knows.
  Time store_fails_until{};
  std::optional<Time> alone_since;
  std::optional<Time> gone_at;  // its browser closed the pipe
  bool feed_is_live = false;
  int feed_joins = 0;   // how often it has become live
  Time told_at{};       // when the last event that is on its way arrives
  Time deaf_until{};    // until then no event reaches it
  Time silent_until{};  // until then no new list does either, although its feed seems live
  Time listed_at{};     // when the last list of calls reached it
  int tick = 0;         // the number of the newest planned tick; older ones are dropped
  std::optional<Time> asked_at;
  engine::State said = engine::State::recording;  // the last state in the trace
  // When the current minute began, and how often each of these happened in it.
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
