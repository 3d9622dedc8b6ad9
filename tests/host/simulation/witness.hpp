// Remembers the acknowledged mutes and the sent unmutes of all processes of the user, and reports a
// process that says `muted` without a mute that counts.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "actors.hpp"
#include "plan.hpp"

namespace cardmute::simulation {

class Witness {
 public:
  explicit Witness(const Plan& plan) : plan_(plan) {}

  void sent(const std::shared_ptr<Message>& message);
  void acknowledged(const Message& message, Time now);
  // Checks I3. `wanted_here`: this process's browser wants the mute, so no unmute is allowed.
  void publishes(const Process& process, bool wanted_here, Time now) const;
  // To be called when the machine was restarted, since nothing from before counts any more.
  void forget() { targets_.clear(); }

 private:
  struct Mute {
    Time sent_at{};
    Time acknowledged_at{};
    int process = 0;
  };
  struct Seen {
    std::vector<Mute> mutes;  // acknowledged, and recent enough to count
    std::vector<std::shared_ptr<Message>> unmutes;
  };
  [[nodiscard]] bool stands(const Seen& seen, const Process& process, bool wanted_here,
                            Time now) const;

  const Plan& plan_;
  std::map<std::string, Seen> targets_;
};

}  // namespace cardmute::simulation
