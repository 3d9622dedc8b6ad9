// The simulated telephone provider: its calls, and requests that mute them. The invariants compare
// these calls with what the hosts claim.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "chance.hpp"
#include "engine/calls.hpp"
#include "engine/outcome.hpp"
#include "engine/status.hpp"

namespace cardmute::simulation {

struct Call {
  std::string call_id;
  bool answered = false;
  bool on_extension = true;  // false: transferred, so only its call_id still reaches it
  bool muted = false;
  Time answered_at{};
  Time muted_at{};
  std::optional<Time> exposed_since;  // answered and not muted, although a form is open
  std::optional<Time> transferred_at;
  bool excused = false;    // no process can know that the call is still muted
  std::set<int> known_to;  // processes that saw the call in a list during their mute
};

class Voicenter {
 public:
  explicit Voicenter(bool denies_without_call) : denies_without_call_(denies_without_call) {}

  std::vector<Call>& calls() { return calls_; }
  Call& start();
  void end(const std::string& call_id);
  Call* find(const std::string& call_id);

  // Handles a request that arrives. Returns the error with which it is rejected; nullopt if it is
  // acknowledged.
  std::optional<ErrorCode> apply(engine::Command command, const engine::Target& target, Time now,
                                 bool lie);
  [[nodiscard]] engine::CallList list(bool tells_muted) const;

 private:
  static void set(Call& call, bool mute, Time now, bool lie);
  bool denies_without_call_;
  std::vector<Call> calls_;
  int last_ = 0;
};

}  // namespace cardmute::simulation
