// What kind of world a seed gives: the configuration all hosts of the user share, and which
// troubles there are. For tests/host/simulation only.
#pragma once

#include <string>

#include "chance.hpp"
#include "engine/settings.hpp"
#include "store/store.hpp"

namespace cardmute::simulation {

inline constexpr const char* kExtension = "1001";

struct Plan {
  int browsers = 1;
  engine::Settings settings;
  store::Absence absence;
  bool denies_without_call = false;  // else a mute of no call is acknowledged
  bool tells_muted = true;           // the list of active calls says which call is muted
  bool lies = false;                 // an acknowledgement may mean nothing
  bool store_faults = false;
  bool crashes = true;

  [[nodiscard]] bool by_call() const { return settings.target.by == "call"; }
  [[nodiscard]] std::string text() const;
};

Plan make_plan(Chance& chance);

}  // namespace cardmute::simulation
