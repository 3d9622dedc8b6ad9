// The rounds in which all are measured.
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

// Each round gives every host, and the bare socket, its turn, and begins with another one, so that
// whatever else the machine does hits all alike. Gives all samples, by the name of the host.
nlohmann::json measure(const std::vector<Host>& hosts, const LoopbackServer& server, int rounds);

}  // namespace cardmute::bench
