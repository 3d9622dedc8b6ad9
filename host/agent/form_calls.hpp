// Which calls were on while a form was open, for the ledger: whoever has a recording can look up
// which forms were open in it. With several calls on, which of them talked.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "engine/engine.hpp"

namespace cardmute::agent {

// Most entries for one form: a call that is held and taken back all the time must not fill the
// ledger.
inline constexpr std::size_t kMaxFormCalls_entries = 64;

class FormCalls {
 public:
  struct Change {
    std::string surface;
    std::string call_id;
    engine::CallPhase phase = engine::CallPhase::unknown;
  };

  // Returns each call of `calls` that is answered and new under an open form, or talks or is held
  // since.
  std::vector<Change> changes(const std::vector<engine::Engine::Lease>& leases,
                              const std::vector<engine::ListedCall>& calls);

 private:
  struct Form {
    std::map<std::string, engine::CallPhase> calls;
    std::size_t entries = 0;
  };
  std::map<std::string, Form> forms_;  // by surface
};

}  // namespace cardmute::agent
