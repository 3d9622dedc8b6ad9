// The policies of Chromium and its relatives, from files. Private to install/.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "install/policies.hpp"

namespace cardmute::install {

// One for each such browser that reads policies from files. What wins over what follows
// ExtensionManagement::Refresh (extension_management.cc): an entry of ExtensionSettings for the
// extension wins over every list. Whatever names the extension keeps the hosts and permissions of
// "*" from it.
std::vector<BrowserPolicies> chromium_policies(const Roots& roots,
                                               std::span<const std::string> callers);

}  // namespace cardmute::install
