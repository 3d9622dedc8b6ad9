// Measures all hosts in rounds.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "loopback_server.hpp"

namespace cardmute::bench {

struct Host {
  std::string name;
  std::vector<std::string> command;
};

// Each round measures every host and the bare socket, in another order each time, so that other
// load on the machine affects all equally. Returns all samples by the host's name.
nlohmann::json measure(const std::vector<Host>& hosts, const LoopbackServer& server, int rounds);

}  // namespace cardmute::bench
