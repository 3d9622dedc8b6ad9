// The simulated telephone provider: calls, and what mutes them. The truth that the invariants
// measure the hosts against. For tests/host/simulation only.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "chance.hpp"
#include "engine/calls.hpp"
#include "engine/outcome.hpp"
#include "protocol/status.hpp"

namespace cardmute::simulation {

struct Call {
  std::string ivrid;
  bool answered = false;
  bool on_extension = true;  // false: transferred; only its ivrid still reaches it
  bool muted = false;
  Time answered_at{};
  Time muted_at{};
  std::optional<Time> exposed_since;  // answered and not muted while a lease lives
  std::optional<Time> transferred_at;
  bool excused = false;    // nobody can know that it is still muted
  std::set<int> known_to;  // processes that saw it in the list while they held the mute
};

class Voicenter {
 public:
  explicit Voicenter(bool denies_without_call) : denies_without_call_(denies_without_call) {}

  std::vector<Call>& calls() { return calls_; }
  Call& start();
  void end(const std::string& ivrid);
  Call* find(const std::string& ivrid);

  // A request arrives: gives the error it is denied with.
  std::optional<ErrorCode> apply(engine::Command command, const protocol::Target& target, Time now,
                                 bool lie);
  [[nodiscard]] engine::CallList list(bool tells_muted) const;

 private:
  static void set(Call& call, bool mute, Time now, bool lie);
  bool denies_without_call_;
  std::vector<Call> calls_;
  int last_ = 0;
};

}  // namespace cardmute::simulation
