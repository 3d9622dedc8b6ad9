// The identity of the operating system. Private to platform/.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace cardmute::platform {

// The system's own ID for this installation; empty if it has none.
std::string system_identity();

// The permanent addresses of the network cards that are built into this computer, sorted; a clone
// of its disk has others. Empty on systems other than Linux. `interfaces`: the folder in which the
// system describes them.
std::vector<std::string> network_addresses(
    const std::filesystem::path& interfaces = "/sys/class/net");

}  // namespace cardmute::platform
