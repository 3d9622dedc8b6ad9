// Remembers what was sent and acknowledged, over all processes of the user, and says when a process
// claims or does what it must not. For tests/host/simulation only.
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
  // I3. `own_wish`: this process' own browser wants the mute, so that nobody may unmute.
  void publishes(const Process& process, bool own_wish, Time now) const;
  // After a start of the machine nothing of before counts.
  void forget() { targets_.clear(); }

 private:
  struct Mute {
    Time sent_at{};
    Time acknowledged_at{};
    int process = 0;
  };
  struct Seen {
    std::vector<Mute> mutes;  // acknowledged, and young enough to count
    std::vector<std::shared_ptr<Message>> unmutes;
  };
  [[nodiscard]] bool stands(const Seen& seen, const Process& process, bool own_wish,
                            Time now) const;

  const Plan& plan_;
  std::map<std::string, Seen> targets_;
};

}  // namespace cardmute::simulation
