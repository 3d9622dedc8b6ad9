// The identity of the operating system. Private to platform/.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace cardmute::platform {

// The system's own ID for this installation; empty if it has none.
std::string system_identity();

// The permanent addresses of the network cards that are built into this computer, sorted. A
// computer that runs a clone of this one's disk has other addresses. Empty on systems other than
// Linux. `interfaces`: the folder in which the system describes the cards.
std::vector<std::string> network_addresses(
    const std::filesystem::path& interfaces = "/sys/class/net");

}  // namespace cardmute::platform
