// Finds out for the ledger which calls were active while a form was open, and on which of them the
// agent talked. So a person with a recording can look up which forms were open during that call.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "engine/engine.hpp"

namespace cardmute::agent {

// The most entries for one form. A call that is put on hold and taken back again and again must not
// fill the ledger.
inline constexpr std::size_t kMaxFormCalls_entries = 64;

class FormCalls {
 public:
  struct Change {
    std::string surface;
    std::string call_id;
    engine::CallPhase phase = engine::CallPhase::unknown;
  };

  // Returns each pair of an open form (in `leases`) and an answered call once, and again after each
  // change of the call's phase (talking, held). A form gets at most kMaxFormCalls_entries in all.
  std::vector<Change> changes(const std::vector<engine::Engine::Lease>& leases,
                              const std::vector<engine::ListedCall>& calls);

 private:
  struct Form {
    std::map<std::string, engine::CallPhase> calls;
    std::size_t entries = 0;
  };
  std::map<std::string, Form> forms_;  // the key is the form's surface ID
};

}  // namespace cardmute::agent
